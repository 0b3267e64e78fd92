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

    /// <summary>The formulas of pmsampsize 1.1.3 (type "b"), which no longer round on the way, on the parameters of its own tests.</summary>
    [Theory]
    [InlineData(0.55, 24, 0.174, 255, 532, 221, 3.86, 0.6032086678, 0.9117906114)]
    [InlineData(0.288, 36, 0.174, 934, 992, 221, 4.79, 0.6032086678, 0.4774467202)]
    [InlineData(0.288, 24, 0.25, 623, 590, 289, 6.49, 0.6752404736, 0.4265147177)]
    [InlineData(0.1, 12, 0.1, 1019, 471, 139, 8.49, 0.4780408479, 0.2091871447)]
    public void FromR2_ParametersOfPmsampsize_GiveItsTable(
        double r2, int parameters, double prevalence, int shrinkage, int optimism, int intercept, double perParameter, double max, double nagelkerke)
    {
        Riley size = Riley.FromR2(parameters, prevalence, r2);
        Assert.Equal((shrinkage, optimism, intercept), (size.ForShrinkage, size.ForOptimism, size.ForPrevalence));
        Assert.Equal(perParameter, size.EventsPerParameter, 0.005);
        Assert.Equal(max, size.MaxCoxSnellR2, 1e-9);
        Assert.Equal(nagelkerke, size.CoxSnellR2 / size.MaxCoxSnellR2, 1e-9);
    }

    /// <summary>glm of two million simulated binormal scores, as pmsampsize turns an AUC into an R².</summary>
    [Theory]
    [InlineData(0.81, 46.0 / 78, 0.2707492)]
    [InlineData(0.89, 0.174, 0.2905454)]
    [InlineData(0.7, 0.1, 0.04660904)]
    public void R2FromAuc_SimulatedScores_IsThatOfTheirModel(double auc, double prevalence, double r2) =>
        Assert.Equal(r2, Riley.R2FromAuc(prevalence, auc), 0.0012);

    [Fact]
    public void FromNagelkerke_IsTheShareOfTheLargestR2() =>
        Assert.Equal(Riley.FromR2(10, 0.3, 0.15 * Riley.MaxR2(0.3)), Riley.FromNagelkerke(10, 0.3, 0.15));

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
