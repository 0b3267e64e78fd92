namespace HccPipeline.Dicom;

/// <summary>Reads and writes Part 10 files. Every method may be called from several threads at once.</summary>
public static class DicomFile
{
    /// <summary>Where file meta information begins: after the preamble and "DICM".</summary>
    internal const int MetaInformationStart = PreambleLength + 4;

    private const int PreambleLength = 128;

    /// <summary>Reads a file whole; compressed pixels are decoded.</summary>
    /// <exception cref="DicomFileException">The file can't be used; the fault says why.</exception>
    public static DicomInstance Read(string path) => Read(path, ReadScope.Full);

    /// <summary>Reads a file up to its pixels.</summary>
    /// <exception cref="DicomFileException">The file can't be used; the fault says why.</exception>
    public static DicomInstance ReadHeader(string path) => Read(path, ReadScope.Header);

    /// <summary>Reads a file that is in memory; compressed pixels are decoded.</summary>
    /// <exception cref="DicomFileException">The file can't be used; the fault says why.</exception>
    public static DicomInstance Read(ReadOnlyMemory<byte> file) => Read(file, ReadScope.Full);

    /// <summary>Reads a file that is in memory up to its pixels.</summary>
    /// <exception cref="DicomFileException">The file can't be used; the fault says why.</exception>
    public static DicomInstance ReadHeader(ReadOnlyMemory<byte> file) => Read(file, ReadScope.Header);

    /// <summary>The file of an object: Part 10, explicit little endian. The same dataset gives the same bytes.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.MissingAttribute"/>: the object has no SOP class or instance UID.</exception>
    public static byte[] ToBytes(DicomDataset dataset)
    {
        _ = dataset.GetString(DicomTags.SOPClassUID);
        _ = dataset.GetString(DicomTags.SOPInstanceUID);
        return DicomEngine.Current.Write(dataset);
    }

    /// <summary>Writes <see cref="ToBytes"/> to a file, replacing one that is there.</summary>
    public static void Write(DicomDataset dataset, string path) => File.WriteAllBytes(path, ToBytes(dataset));

    /// <summary>Whether bytes begin as a Part 10 file does: 128 bytes of any content, then "DICM".</summary>
    public static bool LooksLikeDicom(ReadOnlySpan<byte> start) =>
        start.Length >= PreambleLength + 4 && start.Slice(PreambleLength, 4).SequenceEqual("DICM"u8);

    private static DicomInstance Read(string path, ReadScope scope)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomFileException(DicomFault.Unreadable, $"The file can't be opened ({e.Message}); check the path and its permissions.", e);
        }
        return Read(file, scope);
    }

    private static DicomInstance Read(ReadOnlyMemory<byte> file, ReadScope scope)
    {
        RequireDicom(file.Span);
        EncodedDataset encoded = FileStructure.Check(file, out string transferSyntaxUid);
        DicomDataset dataset = DicomEngine.Current.Read(encoded, scope);
        if (scope == ReadScope.Full)
        {
            if (encoded.Fragments.Count > 0)
            {
                RequireDecoder(encoded.TransferSyntaxUid);
                CompressedFrames.Check(encoded, dataset);
                DicomEngine.Current.DecodePixels(encoded, dataset);
            }
            PixelLayout.RequireComplete(dataset);
        }
        return new DicomInstance(dataset, transferSyntaxUid);
    }

    private static void RequireDecoder(string transferSyntaxUid)
    {
        if (!DicomEngine.CompressedTransferSyntaxes.Contains(transferSyntaxUid, StringComparer.Ordinal))
        {
            throw new DicomFileException(DicomFault.UnsupportedTransferSyntax,
                $"The pixels are compressed with transfer syntax {transferSyntaxUid}, which {DicomEngine.Name} {DicomEngine.Version} does not decode; export the series uncompressed (dcmtk's dcmdjpeg or gdcmconv --raw).");
        }
    }

    private static void RequireDicom(ReadOnlySpan<byte> start)
    {
        if (LooksLikeDicom(start))
            return;
        throw new DicomFileException(DicomFault.NotDicom,
            start.IsEmpty ? "The file is empty; copy it again from its source."
            : "This is not a DICOM file: 'DICM' is not at byte 128. If it is an old file without a preamble, convert it with dcmtk's dcmconv.");
    }
}
