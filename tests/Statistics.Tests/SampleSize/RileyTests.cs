using HccPipeline.Statistics.SampleSize;
using Xunit;

namespace HccPipeline.Statistics.Tests.SampleSize;

public sealed class RileyTests
{
    /// <summary>Worked example of Riley et al., BMJ 2020;368:m441 (pre-eclampsia): Cox–Snell R² 0.288, 24 parameters, prevalence 0.174.</summary>
    [Fact]
    public void FromR2_PublishedExample_GivesPublishedSizes()
    {
        Riley size = Riley.FromR2(24, 0.174, 0.288);
        Assert.Equal(623, size.ForShrinkage);
        Assert.Equal(662, size.ForOptimism);
        Assert.Equal(221, size.ForPrevalence);
        Assert.Equal(662, size.Required);
        Assert.Equal(4.8, size.EventsPerParameter, 0.01);
    }

    /// <summary>Sizes found by simulation for AUC 0.811 at prevalence 46/78.</summary>
    [Theory]
    [InlineData(5, 372)]
    [InlineData(20, 556)]
    [InlineData(50, 1388)]
    public void FromAuc_AnchorStudy_NeedsHundreds(int parameters, int rows) =>
        Assert.Equal(rows, Riley.FromAuc(parameters, 46.0 / 78, 0.811).Required, (double)rows * 0.005);

    [Fact]
    public void ExpectedShrinkage_SeventyEightPatients_MeetsTheTargetForFewerThanThreeParameters()
    {
        double r2 = Riley.R2FromAuc(46.0 / 78, 0.811);
        Assert.True(Riley.ExpectedShrinkage(78, 2, r2) >= 0.9);
        Assert.True(Riley.ExpectedShrinkage(78, 3, r2) < 0.9);
    }

    [Fact]
    public void R2FromAuc_NearlyUselessModel_GoesToZeroAndPerfectModelToTheMaximum()
    {
        Assert.Equal(0, Riley.R2FromAuc(0.3, 0.5001), 1e-6);
        Assert.Equal(Riley.MaxR2(0.3), Riley.R2FromAuc(0.3, 0.999999), 1e-3);
    }

    [Theory]
    [InlineData(0, 0.3, 0.1)]
    [InlineData(5, 0, 0.1)]
    [InlineData(5, 0.3, 0.9)]
    [InlineData(5, 0.3, double.NaN)]
    public void FromR2_ImpossibleArgument_IsRefused(int parameters, double prevalence, double r2) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Riley.FromR2(parameters, prevalence, r2));
}
