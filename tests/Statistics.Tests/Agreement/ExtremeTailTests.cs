using HccPipeline.Statistics.Agreement;
using HccPipeline.Statistics.Discrimination;
using Xunit;

namespace HccPipeline.Statistics.Tests.Agreement;

/// <summary>Far tails and long columns, where distribution functions lose digits first. Values from R 4.2.2.</summary>
public sealed class ExtremeTailTests
{
    [Theory]
    [InlineData(50_000, 100_000, 0.49689606249180041, 0.50310393750819959)]
    [InlineData(3, 100_000, 6.1867639589220374e-06, 8.7670202566361965e-05)]
    [InlineData(99_999, 100_000, 0.99994428483965225, 0.99999974682195225)]
    [InlineData(1, 1_000_000, 2.5317807663794211e-08, 5.5716306551722366e-06)]
    public void Proportion_ManyTrials_MatchesBinomTest(int successes, int trials, double lower, double upper)
    {
        Proportion p = Proportion.Estimate(successes, trials);
        Assert.Equal(1, p.ExactLower!.Value / lower, 1e-8);
        Assert.Equal(1, p.ExactUpper!.Value / upper, 1e-8);
    }

    [Theory]
    [InlineData(500, 10, 20, 600, 3.243926803979566e-222)]
    [InlineData(30, 2, 3, 40, 7.0130686184691728e-14)]
    public void ChiSquared_StrongAssociation_KeepsRelativeAccuracy(int a, int b, int c, int d, double p) =>
        Assert.Equal(1, ChiSquaredTest.Test(new[,] { { a, b }, { c, d } }).P / p, 1e-8);

    [Theory]
    [InlineData(20, 3.0, 1.9580068468009933e-15, -3.4716287343078052)]
    [InlineData(2000, 0.5, 1.808383847257452e-101, -0.54453025410622391)]
    [InlineData(50000, 0.1, 3.406434108830158e-107, -0.10890132523096811)]
    public void Welch_LongColumns_KeepRelativeAccuracy(int n, double shift, double p, double lower)
    {
        double[] a = [.. Enumerable.Range(0, n).Select(i => i % 10 * 0.25)], b = [.. a.Select(v => v + shift)];
        TTest test = MeanTests.Welch(a, b)!;
        Assert.Equal(1, test.P / p, 1e-8);
        Assert.Equal(1, test.Lower / lower, 1e-8);
    }

    [Fact]
    public void FisherExact_LargeCounts_KeepsRelativeAccuracy()
    {
        FisherExact test = FisherExact.Test(500, 10, 20, 600);
        Assert.Equal(1, test.P / 6.6447613168340165e-280, 1e-8);
    }
}
