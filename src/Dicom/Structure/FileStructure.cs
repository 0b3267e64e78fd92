using System.IO.Compression;
using System.Text;

namespace HccPipeline.Dicom;

/// <summary>
/// Walks through a Part 10 file from element to element before an engine sees it: lengths, nesting and representations, no values.
/// It finds where a file was cut off, and keeps from native code what that code answers with the end of the process (GDCM as packaged
/// checks its input by assertions).
/// </summary>
internal static class FileStructure
{
    // A deflated dataset may claim to be any size; no MR object comes near this one.
    private const int MaximumInflatedBytes = 1 << 30;

    /// <summary>Refuses a file that is cut off or whose elements do not follow one another as they should.</summary>
    /// <param name="file">The whole file, which begins as <see cref="DicomFile.LooksLikeDicom"/> says.</param>
    /// <param name="transferSyntaxUid">How the file is encoded.</param>
    /// <returns>Its dataset, inflated where it was deflated.</returns>
    /// <exception cref="DicomFileException">Truncated, damaged, or of an unknown transfer syntax.</exception>
    public static EncodedDataset Check(ReadOnlyMemory<byte> file, out string transferSyntaxUid)
    {
        StructureWalker meta = new(file.Span, DicomFile.MetaInformationStart, bigEndian: false, isExplicit: true);
        transferSyntaxUid = meta.WalkMetaInformation();
        string syntax = transferSyntaxUid;
        ReadOnlyMemory<byte> dataset = file[meta.Position..];
        if (syntax == DicomUids.DeflatedLittleEndian)
            (syntax, dataset) = (DicomUids.ExplicitLittleEndian, Inflate(dataset.Span));
        else if (!IsKnown(syntax))
            throw new DicomFileException(DicomFault.UnsupportedTransferSyntax, $"Transfer syntax '{syntax}' is not one of the standard's; export the file as explicit little endian.");
        if (dataset.IsEmpty)
            throw new DicomFileException(DicomFault.Truncated, "The file ends before its first data element; copy it again from its source.");
        StructureWalker walker = new(dataset.Span, 0, syntax == DicomUids.ExplicitBigEndian, syntax != DicomUids.ImplicitLittleEndian);
        return new EncodedDataset(dataset, syntax, walker.WalkDataset());
    }

    /// <summary>Preamble and file meta information that name a transfer syntax and nothing else.</summary>
    public static byte[] Prefix(string transferSyntaxUid)
    {
        string syntax = transferSyntaxUid.Length % 2 == 0 ? transferSyntaxUid : transferSyntaxUid + '\0';
        byte[] prefix = new byte[DicomFile.MetaInformationStart + GroupLength.Length + Version.Length + 8 + syntax.Length];
        "DICM"u8.CopyTo(prefix.AsSpan(DicomFile.MetaInformationStart - 4));
        Span<byte> meta = prefix.AsSpan(DicomFile.MetaInformationStart);
        GroupLength.CopyTo(meta);
        meta[8] = (byte)(meta.Length - GroupLength.Length);
        Version.CopyTo(meta[GroupLength.Length..]);
        Span<byte> element = meta[(GroupLength.Length + Version.Length)..];
        ReadOnlySpan<byte> header = [0x02, 0, 0x10, 0, (byte)'U', (byte)'I', (byte)syntax.Length, 0];
        header.CopyTo(element);
        Encoding.ASCII.GetBytes(syntax, element[8..]);
        return prefix;
    }

    private static ReadOnlySpan<byte> GroupLength => [0x02, 0, 0, 0, (byte)'U', (byte)'L', 4, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> Version => [0x02, 0, 0x01, 0, (byte)'O', (byte)'B', 0, 0, 2, 0, 0, 0, 0, 1];

    private static bool IsKnown(string syntax) => DicomUids.IsNative(syntax)
        || syntax.StartsWith("1.2.840.10008.1.2.4.", StringComparison.Ordinal) || syntax == DicomUids.RunLength;

    private static byte[] Inflate(ReadOnlySpan<byte> deflated)
    {
        using DeflateStream source = new(new MemoryStream(deflated.ToArray()), CompressionMode.Decompress);
        using MemoryStream inflated = new();
        byte[] buffer = new byte[81920];
        try
        {
            for (int count; (count = source.Read(buffer)) > 0;)
            {
                inflated.Write(buffer, 0, count);
                if (inflated.Length > MaximumInflatedBytes)
                    throw new DicomFileException(DicomFault.Damaged, "The deflated dataset is larger than 1 GiB; export the file uncompressed.");
            }
        }
        catch (InvalidDataException e)
        {
            throw new DicomFileException(DicomFault.Damaged, "The deflated dataset can't be inflated: it is truncated or damaged; copy it again from its source.", e);
        }
        return inflated.ToArray();
    }
}
