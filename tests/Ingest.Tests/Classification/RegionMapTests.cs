using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.Ingest.Classification;
using Xunit;

namespace HccPipeline.Ingest.Tests.Classification;

public sealed class RegionMapTests
{
    [Theory]
    [InlineData("Lesion", null, Region.Lesion)]
    [InlineData("HCC seg 5", null, Region.Lesion)]
    [InlineData("Liver lesion", null, Region.Lesion)]
    [InlineData("Tumour_1", null, Region.Lesion)]
    [InlineData("Muscle reference", "10200004", Region.MuscleReference)]   // as in the public liver data: the code says liver
    [InlineData("psoas L", null, Region.MuscleReference)]
    [InlineData("Spleen", null, Region.SpleenReference)]
    [InlineData("Liver reference", null, Region.LiverReference)]
    [InlineData("normal liver", null, Region.LiverReference)]
    [InlineData("Liver", "10200004", null)]                                // the whole liver holds the lesion
    [InlineData("Segment 1", "4147007", Region.Lesion)]
    [InlineData("Segment 2", "91727004", Region.MuscleReference)]
    [InlineData("ROI", "78961009", Region.SpleenReference)]
    [InlineData("non-tumor", null, null)]
    [InlineData("VOI Breast Tissue", null, null)]
    [InlineData("", null, null)]
    public void Of_LabelAndCode_GiveTheRegion(string label, string? code, Region? expected) =>
        Assert.Equal(expected, RegionMap.Of(label, code is null ? null : new CodedConcept(code, "SCT", "")));

    [Fact]
    public void Of_CodeOfAnotherScheme_IsNotTaken() => Assert.Null(RegionMap.Of("x", new CodedConcept("4147007", "99LOCAL", "")));
}
