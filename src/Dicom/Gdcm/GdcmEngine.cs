using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>
/// GDCM as engine. Objects of the binding live inside one call and are disposed there: the reader owns what it hands out, so it is
/// disposed last, and no finalizer is left to run. GDCM keeps no state between files but its dictionary, so that calls may run side by side.
/// </summary>
internal sealed class GdcmEngine : IDicomEngine
{
    /// <summary>Loads the library.</summary>
    public GdcmEngine() => Version = GdcmLibrary.EnsureLoaded();

    /// <inheritdoc/>
    public string Name => "GDCM";

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public (DicomDataset Dataset, string TransferSyntaxUid) Read(string path, ReadScope scope)
    {
        using Reader reader = new();
        reader.SetFileName(path);
        if (!Parse(reader, scope))
        {
            throw new DicomFileException(DicomFault.Damaged,
                "The file begins as DICOM, but its data elements can't be read: it is truncated or damaged; copy it again from its source.");
        }
        using gdcm.File file = reader.GetFile();
        string syntax = TransferSyntaxOf(file);
        using DataSet source = file.GetDataSet();
        DicomDataset dataset = GdcmDatasetReader.Read(source);
        if (scope == ReadScope.Full && !DicomUids.IsNative(syntax) && GdcmDatasetReader.HasPixels(source))
            GdcmPixelDecoder.Decode(path, syntax, dataset);
        return (dataset, syntax);
    }

    /// <inheritdoc/>
    public (DicomDataset Dataset, string TransferSyntaxUid) Read(ReadOnlyMemory<byte> file, ReadScope scope)
    {
        using MemoryFile memory = new();
        memory.Write(file.Span);
        return Read(memory.Path, scope);
    }

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

    private static string TransferSyntaxOf(gdcm.File file)
    {
        using FileMetaInformation header = file.GetHeader();
        using TransferSyntax syntax = header.GetDataSetTransferSyntax();
        return TransferSyntax.GetTSString(TransferSyntax.GetTSType(syntax.GetString()));
    }
}
