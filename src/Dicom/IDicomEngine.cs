namespace HccPipeline.Dicom;

/// <summary>How much of a file is read.</summary>
internal enum ReadScope
{
    /// <summary>Everything up to the pixels.</summary>
    Header,

    /// <summary>Everything.</summary>
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

    /// <summary>UIDs of the compressed transfer syntaxes whose pixels it decodes, in order.</summary>
    IReadOnlyList<string> CompressedTransferSyntaxes { get; }

    /// <summary>Reads an encoded dataset whose structure has been checked.</summary>
    /// <param name="encoded">The dataset.</param>
    /// <param name="scope">How much to read.</param>
    /// <returns>Its elements, values little endian; without pixels when these are compressed.</returns>
    /// <exception cref="DicomFileException">The dataset can't be read.</exception>
    DicomDataset Read(EncodedDataset encoded, ReadScope scope);

    /// <summary>Decodes compressed pixels, whose syntax is one of its own and whose frame headers have been checked, and puts them into the dataset as native ones.</summary>
    /// <param name="encoded">The dataset.</param>
    /// <param name="dataset">What <see cref="Read"/> made of it.</param>
    /// <exception cref="DicomFileException">The pixels can't be decoded.</exception>
    void DecodePixels(EncodedDataset encoded, DicomDataset dataset);

    /// <summary>The file of a dataset: Part 10, explicit little endian, native pixels.</summary>
    byte[] Write(DicomDataset dataset);
}
