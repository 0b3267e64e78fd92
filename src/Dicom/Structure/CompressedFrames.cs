using System.Buffers.Binary;

namespace HccPipeline.Dicom;

/// <summary>Compares the headers of compressed frames with what the dataset says of them, before a decoder trusts either.</summary>
/// <remarks>JPEG (ISO 10918-1, B.2.2), JPEG-LS (14495-1, C.2.2) and JPEG 2000 (15444-1, A.5.1) by their frame headers, RLE by PS3.5, annex G.</remarks>
internal static class CompressedFrames
{
    // No codec of the standard does better on real images; a frame that claims to would only exhaust the memory.
    private const long MaximumCompression = 5_000;

    /// <summary>Refuses frames that contradict the dataset.</summary>
    /// <exception cref="DicomFileException">Truncated, damaged, or of a kind that no codec here decodes.</exception>
    public static void Check(EncodedDataset encoded, DicomDataset dataset)
    {
        PixelLayout layout = PixelLayout.Of(dataset);
        List<ReadOnlyMemory<byte>> fragments = [.. encoded.Fragments.Skip(1).Select(f => encoded.Bytes[f])];
        if (fragments.Count == 0 || fragments.Any(f => f.IsEmpty) || fragments.Count < layout.Frames)
            throw new DicomFileException(DicomFault.Truncated, $"The header promises {layout.Frames} frame(s), but only {fragments.Count} compressed fragment(s) are there; copy the file again from its source.");
        if (layout.ByteCount > MaximumCompression * fragments.Sum(f => (long)f.Length))
            throw Contradiction("far more pixels than its compressed frames can hold");
        bool oneEach = fragments.Count == layout.Frames;
        foreach (ReadOnlyMemory<byte> fragment in oneEach ? fragments : fragments.Take(1))
            CheckFrame(encoded.TransferSyntaxUid, fragment.Span, layout, whole: oneEach);
    }

    private static void CheckFrame(string syntax, ReadOnlySpan<byte> frame, in PixelLayout layout, bool whole)
    {
        if (syntax == DicomUids.RunLength)
        {
            CheckRunLength(frame, layout, whole);
            return;
        }
        (int precision, int rows, int columns, int components) = frame.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F]) ? CodestreamSize(frame) : FrameHeader(frame);
        if (rows != layout.Rows || columns != layout.Columns || components != layout.SamplesPerPixel)
            throw Contradiction($"{layout.Columns}×{layout.Rows} pixels of {layout.SamplesPerPixel} sample(s), the compressed frame {columns}×{rows} of {components}");
        if (precision > layout.BitsAllocated || (precision > 8) != (layout.BitsAllocated > 8) || layout.BitsAllocated is not (8 or 16))
            throw Contradiction($"{layout.BitsAllocated} bits, the compressed frame {precision}");
    }

    /// <summary>
    /// Start-of-frame segment of JPEG or JPEG-LS. The segments must follow one another without a gap up to the start of the scan: on
    /// whatever its JPEG library warns of before that, GDCM as packaged ends the process.
    /// </summary>
    private static (int Precision, int Rows, int Columns, int Components) FrameHeader(ReadOnlySpan<byte> frame)
    {
        const int startOfScan = 0xDA;
        int at = frame.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? 2 : throw Contradiction("compressed frames, but there is no start of an image");
        (int, int, int, int)? header = null;
        while (at + 4 <= frame.Length && frame[at] == 0xFF)
        {
            int marker = frame[at + 1];
            int length = BinaryPrimitives.ReadUInt16BigEndian(frame[(at + 2)..]);
            if (length < 2 || length > frame.Length - at - 2 || marker is not ((>= 0xC0 and <= 0xCF) or (>= 0xDA and <= 0xEF) or 0xF7 or 0xF8 or 0xFE))
                break;
            ReadOnlySpan<byte> segment = frame.Slice(at + 4, length - 2);
            if (marker == startOfScan)
                return header ?? throw Contradiction("compressed frames, but one has no frame header");
            if (marker is 0xF7 or (>= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) && segment.Length >= 6 && header is null)
                header = (segment[0], BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), segment[5]);
            bool known = !(marker == 0xE0 && segment.StartsWith("JFIF\0"u8) && (segment.Length < 6 || segment[5] != 1))
                && !(marker == 0xEE && segment.StartsWith("Adobe"u8) && (segment.Length < 12 || segment[11] > 2));
            if (!known)
                throw Contradiction("compressed frames, but one has an application header of an unknown version");
            at += 2 + length;
        }
        throw Contradiction("compressed frames, but the headers of one are broken");
    }

    /// <summary>Image and tile size segment of JPEG 2000; one tile component size for all, no offsets between components.</summary>
    private static (int Precision, int Rows, int Columns, int Components) CodestreamSize(ReadOnlySpan<byte> frame)
    {
        const int size = 40;
        if (frame.Length < 4 + size || frame[2] != 0xFF || frame[3] != 0x51)
            throw Contradiction("compressed frames, but one has no frame header");
        ReadOnlySpan<byte> siz = frame[4..];
        long columns = (long)BinaryPrimitives.ReadUInt32BigEndian(siz[4..]) - BinaryPrimitives.ReadUInt32BigEndian(siz[12..]);
        long rows = (long)BinaryPrimitives.ReadUInt32BigEndian(siz[8..]) - BinaryPrimitives.ReadUInt32BigEndian(siz[16..]);
        int components = BinaryPrimitives.ReadUInt16BigEndian(siz[36..]);
        // Bit 7 is the sign, the rest the precision less one.
        return ((siz[38] & 0x7F) + 1, (int)Math.Clamp(rows, -1, ushort.MaxValue + 1), (int)Math.Clamp(columns, -1, ushort.MaxValue + 1), components);
    }

    private static void CheckRunLength(ReadOnlySpan<byte> frame, in PixelLayout layout, bool whole)
    {
        const int header = 64;
        int segments = layout.SamplesPerPixel * (layout.BitsAllocated / 8);
        if (frame.Length < header || BinaryPrimitives.ReadUInt32LittleEndian(frame) != segments || segments is 0 or > 15)
            throw Contradiction($"{segments} run-length segment(s), the compressed frame another number");
        uint previous = header - 1;
        for (int i = 0; i < segments; i++)
        {
            uint offset = BinaryPrimitives.ReadUInt32LittleEndian(frame[(4 + 4 * i)..]);
            if (offset <= previous || (whole && offset >= frame.Length) || (i == 0 && offset != header))
                throw Contradiction("run-length segments where there are none");
            previous = offset;
        }
    }

    private static DicomFileException Contradiction(string promise) => new(DicomFault.Damaged,
        $"The pixels are damaged: the header promises {promise}; copy the file again from its source.");
}
