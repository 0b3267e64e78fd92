using System.Buffers.Binary;

namespace HccPipeline.Dicom.Tests;

/// <summary>Run-length frames put together by hand (PS3.5, A.4 and annex G), where decoders lose their place: odd sizes, several frames.</summary>
public sealed class EncapsulatedFramesTests
{
    private const int Header = 64;

    [Theory]
    [InlineData(5, 3, 1)]
    [InlineData(5, 3, 4)]
    [InlineData(4, 2, 3)]
    public void Read_RunLengthFrames_AreEachWhole(ushort columns, ushort rows, int frames)
    {
        byte[] expected = [.. Enumerable.Range(0, columns * rows * frames).Select(i => (byte)(i * 7 + 1))];
        DicomDataset read = DicomFile.Read(File(columns, rows, [.. expected.Chunk(columns * rows)])).Dataset;
        Assert.Equal(expected, read.Find(DicomTags.PixelData)!.Value.Span[..expected.Length].ToArray());
    }

    [Fact]
    public void Read_FewerFramesThanPromised_IsTruncated()
    {
        byte[] file = File(5, 3, [new byte[15], new byte[15]], promised: 3);
        Assert.Equal(DicomFault.Truncated, Assert.Throws<DicomFileException>(() => DicomFile.Read(file)).Fault);
    }

    private static byte[] File(ushort columns, ushort rows, byte[][] frames, int? promised = null)
    {
        DicomDataset dataset = new DicomDataset()
            .SetString(DicomTags.SOPClassUID, DicomUids.MrImageStorage)
            .SetString(DicomTags.SOPInstanceUID, "1.2.3")
            .SetNumber(DicomTags.SamplesPerPixel, 1)
            .SetString(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .SetNumber(DicomTags.NumberOfFrames, promised ?? frames.Length)
            .SetNumber(DicomTags.Rows, rows).SetNumber(DicomTags.Columns, columns)
            .SetNumber(DicomTags.BitsAllocated, 8).SetNumber(DicomTags.BitsStored, 8).SetNumber(DicomTags.HighBit, 7)
            .SetNumber(DicomTags.PixelRepresentation, 0);
        byte[] native = DicomFile.ToBytes(dataset);
        // The group length counts from behind its own element of twelve bytes.
        int start = DicomFile.MetaInformationStart + 12 + BinaryPrimitives.ReadInt32LittleEndian(native.AsSpan(DicomFile.MetaInformationStart + 8));
        return
        [
            .. FileStructure.Prefix(DicomUids.RunLength), .. native[start..],
            0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
            .. Item([]), .. frames.SelectMany(f => Item(RunLength(f))),
            0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
        ];
    }

    /// <summary>One segment of one literal run.</summary>
    private static byte[] RunLength(byte[] samples)
    {
        byte[] frame = new byte[(Header + 1 + samples.Length + 1) / 2 * 2];
        frame[0] = 1;
        frame[4] = Header;
        frame[Header] = (byte)(samples.Length - 1);
        samples.CopyTo(frame, Header + 1);
        return frame;
    }

    private static byte[] Item(byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [0xFE, 0xFF, 0x00, 0xE0, .. length, .. content];
    }
}
