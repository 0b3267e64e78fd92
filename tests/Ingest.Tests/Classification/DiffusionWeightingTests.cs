using HccPipeline.Dicom;
using HccPipeline.Ingest.Classification;
using Xunit;

namespace HccPipeline.Ingest.Tests.Classification;

public sealed class DiffusionWeightingTests
{
    [Theory]
    [InlineData("*ep_b800t", 800.0)]
    [InlineData("ep_b50#1", 50.0)]
    [InlineData("*ep_b0", 0.0)]
    [InlineData("*tse2d1_15", null)]
    [InlineData("ep_b12345", null)]
    public void FromSequenceName_Siemens_IsRead(string name, double? expected) => Assert.Equal(expected, DiffusionWeighting.FromSequenceName(name));

    [Fact]
    public void Of_AttributeAndSequenceName_TakesTheAttribute()
    {
        DicomDataset image = new DicomDataset().SetString(DicomTags.SequenceName, "*ep_b800t");
        Assert.Equal(800, DiffusionWeighting.Of(image));
        Assert.Equal(400, DiffusionWeighting.Of(image.SetNumber(DicomTags.DiffusionBValue, 400)));
    }
}
