using System.Text;
using Fo = FellowOakDicom;

namespace HccPipeline.Dicom.FoDicom;

/// <summary>fo-dicom as engine. All of it is managed code; objects live inside one call, so that calls may run side by side.</summary>
internal sealed class FoDicomEngine : IDicomEngine
{
    private readonly FoPixelDecoder _decoder = new();

    /// <summary>Tells fo-dicom, once for the process, as whom it writes files.</summary>
    public FoDicomEngine()
    {
        Fo.DicomImplementation.ClassUID = new Fo.DicomUID(DicomUids.ImplementationClass, DicomUids.ImplementationName, Fo.DicomUidType.Unknown);
        Fo.DicomImplementation.Version = DicomUids.ImplementationName;
    }

    /// <inheritdoc/>
    public string Name => "fo-dicom";

    /// <inheritdoc/>
    public string Version { get; } = typeof(Fo.DicomFile).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <inheritdoc/>
    public IReadOnlyList<string> CompressedTransferSyntaxes => _decoder.TransferSyntaxes;

    /// <inheritdoc/>
    public DicomDataset Read(EncodedDataset encoded, ReadScope scope)
    {
        byte[] prefix = FileStructure.Prefix(encoded.TransferSyntaxUid);
        byte[] file = new byte[prefix.Length + encoded.Bytes.Length];
        prefix.CopyTo(file, 0);
        encoded.Bytes.CopyTo(file.AsMemory(prefix.Length));
        try
        {
            // The encoding has no effect: text is taken as bytes.
            Fo.DicomFile parsed = Fo.DicomFile.Open(new MemoryStream(file, writable: false), Encoding.Latin1, scope == ReadScope.Header ? IsPastHeader : null, Fo.FileReadOption.ReadAll);
            return FoDatasetReader.Read(parsed.Dataset);
        }
        catch (Fo.DicomFileException e)
        {
            throw new DicomFileException(DicomFault.Damaged, "fo-dicom can't read the data elements of the file; it is damaged, copy it again from its source.", e);
        }
    }

    /// <inheritdoc/>
    public void DecodePixels(EncodedDataset encoded, DicomDataset dataset) => _decoder.Decode(encoded, dataset);

    /// <inheritdoc/>
    public byte[] Write(DicomDataset dataset)
    {
        Fo.DicomFile file = new();
        file.FileMetaInfo.AddOrUpdate(
            new Fo.DicomUniqueIdentifier(Fo.DicomTag.MediaStorageSOPClassUID, dataset.GetString(DicomTags.SOPClassUID)),
            new Fo.DicomUniqueIdentifier(Fo.DicomTag.MediaStorageSOPInstanceUID, dataset.GetString(DicomTags.SOPInstanceUID)),
            new Fo.DicomUniqueIdentifier(Fo.DicomTag.TransferSyntaxUID, DicomUids.ExplicitLittleEndian),
            new Fo.DicomApplicationEntity(Fo.DicomTag.SourceApplicationEntityTitle, DicomUids.ImplementationName));
        FoDatasetWriter.Write(dataset, file.Dataset);
        using MemoryStream stream = new();
        file.Save(stream);
        return stream.ToArray();
    }

    private static bool IsPastHeader(Fo.ParseState state) => state.SequenceDepth == 0 && FoDatasetReader.TagOf(state.Tag) >= DicomTags.PixelData;
}
