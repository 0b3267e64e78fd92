using HccPipeline.Statistics.Discrimination;
using Xunit;

namespace HccPipeline.Statistics.Tests.Discrimination;

public sealed class DiscriminationEdgeTests
{
    [Fact]
    public void Compute_EmptyColumns_AreRefused() =>
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => RocCurve.Compute([], [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Compute_ScoreIsNotFinite_NamesColumnAndRow(double bad)
    {
        string message = Assert.Throws<ArgumentException>(() => RocCurve.Compute([0.1, bad, 0.3], [0, 1, 1])).Message;
        Assert.Contains("'scores', row 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_OutcomeIsNotBinary_NamesColumnAndRow()
    {
        string message = Assert.Throws<ArgumentException>(() => DeLong.Estimate([1, 2, 3], [0, 1, 2])).Message;
        Assert.Contains("'y', row 3", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Compute_OneClassOnly_SaysWhich(double only)
    {
        string message = Assert.Throws<ArgumentException>(() => RocCurve.Compute([1, 2, 3], [only, only, only])).Message;
        Assert.Contains($"only the value {only}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_LengthsDiffer_AreRefused() => Assert.Throws<ArgumentException>(() => RocCurve.Compute([1, 2, 3], [0, 1]));

    [Fact]
    public void Estimate_OneCase_HasNoVarianceAndIsRefused() =>
        Assert.Contains("at least two", Assert.Throws<ArgumentException>(() => DeLong.Estimate([1, 2, 3], [0, 0, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Estimate_ConstantScore_IsHalfWithoutVariance()
    {
        AucEstimate auc = DeLong.Estimate([5, 5, 5, 5], [0, 1, 0, 1]);
        Assert.Equal((0.5, 0.0, 0.5, 0.5), (auc.Auc, auc.Variance, auc.Lower, auc.Upper));
    }

    [Fact]
    public void Estimate_PerfectSeparation_HasNoLogitInterval()
    {
        AucEstimate auc = DeLong.Estimate([1, 2, 3, 4], [0, 0, 1, 1]);
        Assert.Equal((1.0, 0.0, 1.0, 1.0), (auc.Auc, auc.Variance, auc.Lower, auc.Upper));
        Assert.Null(auc.LogitLower);
    }

    [Fact]
    public void UnpairedTest_TwoPerfectCohorts_ShowNoDifference()
    {
        UnpairedAucTest test = DeLong.UnpairedTest([1, 2, 3, 4], [0, 0, 1, 1], [1, 2, 8, 9], [0, 0, 1, 1]);
        Assert.Equal((0.0, 1.0, 1.0), (test.Statistic, test.P, test.PNormal));
    }

    [Fact]
    public void At_NobodyCalledPositive_HasNoPredictiveValue()
    {
        OperatingPoint rule = OperatingPoint.At([1, 2, 3, 4], [0, 1, 0, 1], 10);
        Assert.Null(rule.PositivePredictiveValue.Value);
        Assert.Null(rule.MatthewsCorrelation);
        Assert.Equal(0.5, rule.NegativePredictiveValue.Value);
    }

    [Fact]
    public void Compute_NeighbouringDoubles_KeepDistinctThresholds()
    {
        double a = 1, b = Math.BitIncrement(1.0);
        RocCurve curve = RocCurve.Compute([a, b], [0, 1]);
        Assert.Equal([double.NegativeInfinity, b, double.PositiveInfinity], curve.Thresholds);
    }

    /// <summary>Long enough for the radix sort, with negative, zero, negative zero, huge and tiny scores and ties.</summary>
    [Fact]
    public void Compute_LongColumn_IsTheShareOfOrderedPairs()
    {
        Random random = new(12);
        double[] special = [0, -0.0, 1e300, -1e300, 5e-324, -5e-324, double.MaxValue, double.MinValue];
        double[] s = [.. Enumerable.Range(0, 3000).Select(i => i % 7 == 0 ? special[random.Next(special.Length)] : Math.Round((random.NextDouble() - 0.5) * 200) / 8)];
        double[] y = [.. s.Select(_ => (double)random.Next(2))];
        double above = 0, pairs = 0;
        for (int i = 0; i < s.Length; i++)
        {
            for (int j = 0; j < s.Length; j++)
            {
                if (y[i] <= y[j]) continue;
                pairs++;
                above += s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0;
            }
        }
        Assert.Equal(above / pairs, RocCurve.Compute(s, y).Auc, 1e-15);
    }
}
