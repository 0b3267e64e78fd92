using CsCheck;
using HccPipeline.Statistics.Nomogram;
using Xunit;

namespace HccPipeline.Statistics.Tests.Nomogram;

public sealed class NomogramPropertyTests
{
    /// <summary>base::pretty(c(low, high), n = 10) of R 4.2.2.</summary>
    [Theory]
    [InlineData(-3.2, 7.1, new double[] { -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(0, 1, new[] { 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1 })]
    [InlineData(0.013, 0.0201, new[] { 0.013, 0.014, 0.015, 0.016, 0.017, 0.018, 0.019, 0.02, 0.021 })]
    [InlineData(1100, 1101, new[] { 1100, 1100.1, 1100.2, 1100.3, 1100.4, 1100.5, 1100.6, 1100.7, 1100.8, 1100.9, 1101 })]
    [InlineData(-5, -4.99, new[] { -5, -4.999, -4.998, -4.997, -4.996, -4.995, -4.994, -4.993, -4.992, -4.991, -4.99 })]
    [InlineData(5, 5, new double[] { 3, 4, 5, 6 })]
    [InlineData(0, 0, new[] { -0.4, -0.2, 0, 0.2 })]
    [InlineData(123456, 987654, new double[] { 100000, 200000, 300000, 400000, 500000, 600000, 700000, 800000, 900000, 1000000 })]
    [InlineData(-1e-3, 2e3, new double[] { -200, 0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800, 2000 })]
    [InlineData(18, 93, new double[] { 10, 20, 30, 40, 50, 60, 70, 80, 90, 100 })]
    public void Cover_Range_MatchesR(double low, double high, double[] ticks)
    {
        double[] computed = PrettyTicks.Cover(low, high);
        Assert.Equal(ticks.Length, computed.Length);
        for (int k = 0; k < ticks.Length; k++) Assert.Equal(ticks[k], computed[k], 1e-9);
    }

    [Fact]
    public void Build_AnyModel_ComputedBackEqualsTheModel() =>
        Gen.Select(Gen.Double[-3, 3], Gen.Select(Gen.Double[-2, 2], Gen.Double[-50, 50], Gen.Double[0.1, 100], Gen.Double[0, 1]).Array[1, 5]).Sample((intercept, raw) =>
        {
            NomogramPredictor[] predictors = [.. raw.Select((r, j) => new NomogramPredictor($"x{j}", r.Item1 / r.Item3, r.Item2, r.Item2 + r.Item3))];
            if (predictors.All(p => Math.Abs(p.Coefficient * (p.Maximum - p.Minimum)) < 1e-3)) return;
            double[] values = [.. raw.Select(r => r.Item2 + (r.Item3 * r.Item4))];
            double lp = intercept + predictors.Zip(values, (p, v) => p.Coefficient * v).Sum();
            NomogramChart chart = NomogramChart.Build(intercept, predictors);
            Assert.Equal(1 / (1 + Math.Exp(-lp)), chart.Probability(chart.TotalPoints(values)), 1e-12);
            Assert.Equal(100, chart.Axes.Max(a => a.Points.Max()), 1e-9);
            Assert.Equal(0, chart.Axes.Min(a => a.Points.Min()), 1e-9);
            // A probability next to 0 or 1 no longer holds the digits of its logit.
            if (Math.Abs(lp) < 5) Assert.Equal(chart.TotalPoints(values), chart.PointsAtProbability(1 / (1 + Math.Exp(-lp))), 1e-5);
        });

    [Fact]
    public void Build_UnusableModel_NamesThePredictor()
    {
        Assert.Contains("'NLR'", Assert.Throws<ArgumentException>(() => NomogramChart.Build(0, [new("NLR", double.NaN, 0, 1)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NomogramChart.Build(0, []));
        Assert.Throws<ArgumentException>(() => NomogramChart.Build(0, [new("NLR", 0, 0, 1)]));
    }
}
