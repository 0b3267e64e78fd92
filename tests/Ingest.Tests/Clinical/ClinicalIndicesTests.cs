using HccPipeline.Ingest.Clinical;
using Xunit;

namespace HccPipeline.Ingest.Tests.Clinical;

public sealed class ClinicalIndicesTests
{
    [Fact]
    public void Ratios_RoundCounts_AreTheirQuotients()
    {
        Assert.Equal(3, ClinicalIndices.Nlr(4.5, 1.5));
        Assert.Equal(120, ClinicalIndices.Plr(180, 1.5));
        Assert.Equal(540, ClinicalIndices.Sii(180, 4.5, 1.5));
    }

    // Albumin 35 g/L and bilirubin 1.2 mg/dL = 20.52 µmol/L: -2.109, worked out by hand; calculators on the web disagree.
    [Theory]
    [InlineData(35, 20.52, -2.109)]
    [InlineData(40, 10, -2.74)]
    [InlineData(25, 100, -0.805)]
    public void Albi_KnownSample_IsTheFormula(double albumin, double bilirubin, double expected) =>
        Assert.Equal(expected, ClinicalIndices.Albi(albumin, bilirubin), 3);

    [Fact]
    public void LogAfp_PowersOfTen_AreWholeNumbers()
    {
        Assert.Equal(2, ClinicalIndices.LogAfp(100));
        Assert.Equal(0, ClinicalIndices.LogAfp(1));
    }
}
