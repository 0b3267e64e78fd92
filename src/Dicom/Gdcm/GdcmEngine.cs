using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>
/// GDCM as engine. Objects of the binding live inside one call and are disposed there: the reader owns what it hands out, so it is
/// disposed last, and no finalizer is left to run. GDCM keeps no state between files but its dictionary, so that calls may run side by side.
/// </summary>
internal sealed class GdcmEngine : IDicomEngine
{
    /// <summary>Loads the library.</summary>
    public GdcmEngine()
    {
        Version = GdcmLibrary.EnsureLoaded();
        CompressedTransferSyntaxes = GdcmPixelDecoder.TransferSyntaxes();
    }

    /// <inheritdoc/>
    public string Name => "GDCM";

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> CompressedTransferSyntaxes { get; }

    /// <inheritdoc/>
    public DicomDataset Read(EncodedDataset encoded, ReadScope scope)
    {
        // With meta information of our own: GDCM as packaged ends the process when that of the file is damaged.
        byte[] prefix = FileStructure.Prefix(encoded.TransferSyntaxUid);
        using MemoryFile memory = new();
        memory.Write(prefix, 0);
        memory.Write(encoded.Bytes.Span, prefix.Length);
        using Reader reader = new();
        reader.SetFileName(memory.Path);
        if (!Parse(reader, scope))
            throw new DicomFileException(DicomFault.Damaged, "GDCM can't read the data elements of the file; it is damaged, copy it again from its source.");
        using gdcm.File parsed = reader.GetFile();
        using DataSet source = parsed.GetDataSet();
        return GdcmDatasetReader.Read(source);
    }

    /// <inheritdoc/>
    public void DecodePixels(EncodedDataset encoded, DicomDataset dataset) => GdcmPixelDecoder.Decode(encoded, dataset);

    /// <inheritdoc/>
    public byte[] Write(DicomDataset dataset)
    {
        using MemoryFile memory = new();
        using Writer writer = new();
        using gdcm.File file = writer.GetFile();
        using (FileMetaInformation header = file.GetHeader())
        using (TransferSyntax explicitLittleEndian = new(TransferSyntax.TSType.ExplicitVRLittleEndian))
            header.SetDataSetTransferSyntax(explicitLittleEndian);
        using (DataSet target = file.GetDataSet())
            GdcmDatasetWriter.Write(dataset, target);
        writer.SetFileName(memory.Path);
        return writer.Write()
            ? memory.ReadAll()
            : throw new DicomFileException(DicomFault.InvalidValue, "GDCM refused to write the object; check that its SOP class UID is one of the standard's.");
    }

    private static bool Parse(Reader reader, ReadScope scope)
    {
        if (scope == ReadScope.Full)
            return reader.Read();
        // GDCM would read the tag that it stops at too, were it not among those to be skipped.
        using Tag pixels = new(DicomTags.PixelData.Number);
        using TagSetType skipped = new();
        skipped.Add(pixels);
        return reader.ReadUpToTag(pixels, skipped);
    }
}
