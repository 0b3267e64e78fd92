namespace HccPipeline.Dicom.Tests;

/// <summary>
/// One image of 24×20 pixels, 12 bits, in every encoding; dcmtk and GDCM's encoders made the files from the native one. The engine of the
/// build reads each, or says that it does not decode it.
/// </summary>
public sealed class EncodingTests
{
    public static readonly TheoryData<string, string, int> Files = new()
    {
        { "implicit", DicomUids.ImplicitLittleEndian, 0 },
        { "big-endian", DicomUids.ExplicitBigEndian, 0 },
        { "deflated", DicomUids.DeflatedLittleEndian, 0 },
        { "rle", "1.2.840.10008.1.2.5", 0 },
        { "jpeg-lossless", "1.2.840.10008.1.2.4.70", 0 },
        { "jpeg-extended", "1.2.840.10008.1.2.4.51", 120 },
        { "jpegls-lossless", "1.2.840.10008.1.2.4.80", 0 },
        { "jpeg2000-lossless", "1.2.840.10008.1.2.4.90", 0 },
        { "jpeg2000", "1.2.840.10008.1.2.4.91", 120 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_EncodedFile_EqualsTheNativeOne(string name, string transferSyntaxUid, int largestError)
    {
        if (!IsDecoded(transferSyntaxUid))
        {
            DicomFileException refusal = Assert.Throws<DicomFileException>(() => DicomFile.Read(Bytes(name)));
            Assert.Equal(DicomFault.UnsupportedTransferSyntax, refusal.Fault);
            Assert.Contains(DicomEngine.Name, refusal.Message, StringComparison.Ordinal);
            return;
        }
        DicomInstance native = DicomFile.Read(Bytes("native"));
        DicomInstance read = DicomFile.Read(Bytes(name));
        Assert.Equal(transferSyntaxUid, read.TransferSyntaxUid);
        float[] expected = SeriesVolume.Read([native]).Volume.Voxels.ToArray();
        float[] actual = SeriesVolume.Read([read]).Volume.Voxels.ToArray();
        Assert.True(expected.Max() > 2000);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, largestError);
        if (largestError > 0)
            return;
        // dcmtk notes how it compressed in attributes of its own choice; every element of the native file must be there unchanged.
        foreach (DicomElement element in native.Dataset.Where(e => e.Tag != DicomTags.SOPInstanceUID && e.Tag != DicomTags.ImageType && e.Tag != DicomTags.PixelData))
            Assert.Equal(native.Dataset.GetStrings(element.Tag), read.Dataset.GetStrings(element.Tag));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadHeader_EncodedFile_NeedsNoDecoder(string name, string transferSyntaxUid, int largestError)
    {
        DicomInstance header = DicomFile.ReadHeader(Bytes(name));
        Assert.Equal(transferSyntaxUid, header.TransferSyntaxUid);
        Assert.False(header.HasPixelData);
        Assert.Equal(24, header.Dataset.GetInt(DicomTags.Columns));
        Assert.True(largestError >= 0);
    }

    [Fact]
    public void CompressedTransferSyntaxes_OfTheEngine_AreTheDocumentedOnes()
    {
        string[] expected = DicomEngine.Name == "GDCM"
            ? ["4.50", "4.51", "4.52", "4.53", "4.55", "4.57", "4.70", "4.80", "4.81", "4.90", "4.91", "4.92", "4.93", "5"]
            : ["4.57", "4.70", "5"];
        Assert.Equal(string.Join(" ", expected), string.Join(" ", DicomEngine.CompressedTransferSyntaxes.Select(uid => uid["1.2.840.10008.1.2.".Length..])));
    }

    /// <summary>Whether the engine of this build reads the pixels of a transfer syntax.</summary>
    public static bool IsDecoded(string transferSyntaxUid) =>
        DicomUids.IsNative(transferSyntaxUid) || DicomEngine.CompressedTransferSyntaxes.Contains(transferSyntaxUid);

    public static byte[] Bytes(string name)
    {
        using Stream stream = typeof(EncodingTests).Assembly.GetManifestResourceStream(name + ".dcm")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
