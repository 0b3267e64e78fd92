using System.Buffers.Binary;
using System.Text;

namespace HccPipeline.Dicom.Tests;

public sealed class DiffusionBValueTests
{
    private static DicomDataset Private(ushort group, string creator, ushort element, DicomVr vr, byte[] value)
    {
        DicomDataset image = new();
        image.SetBytes(new DicomTag(group, 0x0010), DicomVr.LO, Encoding.ASCII.GetBytes(creator));
        return image.SetBytes(new DicomTag(group, element), vr, value);
    }

    private static byte[] Single(float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Double(double value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return bytes;
    }

    [Fact]
    public void Of_StandardAttribute_IsTaken() =>
        Assert.Equal(400, DiffusionBValue.Of(new DicomDataset().SetNumber(DicomTags.DiffusionBValue, 400)));

    [Fact]
    public void Of_EnhancedObject_IsTakenFromItsFunctionalGroups()
    {
        DicomDataset diffusion = new DicomDataset().SetNumber(DicomTags.DiffusionBValue, 600);
        DicomDataset group = new DicomDataset().SetSequence(DicomTags.MRDiffusionSequence, diffusion);
        Assert.Equal(600, DiffusionBValue.Of(new DicomDataset().SetSequence(DicomTags.SharedFunctionalGroupsSequence, group)));
    }

    [Theory]
    [InlineData(DicomVr.IS)]
    [InlineData(DicomVr.UN)]
    public void Of_Siemens_ReadsItsPrivateHeader(DicomVr vr) =>
        Assert.Equal(800, DiffusionBValue.Of(Private(0x0019, "SIEMENS MR HEADER", 0x100C, vr, Encoding.ASCII.GetBytes("800 "))));

    // GE: b plus 10⁹, four values.
    [Theory]
    [InlineData("800\\8\\0\\0", 800)]
    [InlineData("1000000800\\8\\0\\0", 800)]
    [InlineData("1000000050\\0\\0\\0", 50)]
    public void Of_GeneralElectric_TakesTheFlagsOff(string text, double expected) =>
        Assert.Equal(expected, DiffusionBValue.Of(Private(0x0043, "GEMS_PARM_01", 0x1039, DicomVr.IS, Encoding.ASCII.GetBytes(text))));

    [Theory]
    [InlineData(DicomVr.FL)]
    [InlineData(DicomVr.UN)]
    public void Of_Philips_ReadsAFloat(DicomVr vr) =>
        Assert.Equal(50, DiffusionBValue.Of(Private(0x2001, "Philips Imaging DD 001", 0x1003, vr, Single(50))));

    [Theory]
    [InlineData(DicomVr.FD)]
    [InlineData(DicomVr.UN)]
    public void Of_UnitedImaging_ReadsADouble(DicomVr vr) =>
        Assert.Equal(1000, DiffusionBValue.Of(Private(0x0065, "Image Private Header", 0x1009, vr, Double(1000))));

    [Fact]
    public void Of_PrivateElementOfAnotherCreator_IsNotTaken() =>
        Assert.Null(DiffusionBValue.Of(Private(0x0019, "SOMEONE ELSE", 0x100C, DicomVr.IS, Encoding.ASCII.GetBytes("800 "))));

    [Fact]
    public void Of_UnknownBytesOfAnotherLength_AreNotTaken() =>
        Assert.Null(DiffusionBValue.Of(Private(0x2001, "Philips Imaging DD 001", 0x1003, DicomVr.UN, [0, 0, 72])));

    [Theory]
    [InlineData(-1)]
    [InlineData(1e6)]
    public void Of_AbsurdNumber_IsNotTaken(double number) => Assert.Null(DiffusionBValue.Of(new DicomDataset().SetNumber(DicomTags.DiffusionBValue, number)));
}
