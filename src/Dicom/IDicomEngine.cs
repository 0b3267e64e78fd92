namespace HccPipeline.Dicom;

/// <summary>How much of a file is read.</summary>
internal enum ReadScope
{
    /// <summary>Everything up to the pixels.</summary>
    Header,

    /// <summary>Everything; compressed pixels are decoded.</summary>
    Full,
}

/// <summary>
/// The seam: what a DICOM library does for this product, and nothing else. Geometry, segmentations, de-identification and the
/// writers are written once, on <see cref="DicomDataset"/>. Several threads may call at once.
/// </summary>
internal interface IDicomEngine
{
    /// <summary>Name of the library.</summary>
    string Name { get; }

    /// <summary>Version of the library.</summary>
    string Version { get; }

    /// <summary>Reads a file that is known to begin as Part 10 does.</summary>
    /// <returns>The dataset without file meta information, values little endian, pixels native, and the transfer syntax UID of the file.</returns>
    /// <exception cref="DicomFileException">The file can't be read or its pixels can't be decoded.</exception>
    (DicomDataset Dataset, string TransferSyntaxUid) Read(string path, ReadScope scope);

    /// <summary>The same for a file in memory.</summary>
    (DicomDataset Dataset, string TransferSyntaxUid) Read(ReadOnlyMemory<byte> file, ReadScope scope);

    /// <summary>The file of a dataset: Part 10, explicit little endian, native pixels.</summary>
    byte[] Write(DicomDataset dataset);
}
