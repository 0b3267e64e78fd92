using HccPipeline.Statistics.Survival;
using Xunit;

namespace HccPipeline.Statistics.Tests.Survival;

public sealed class SurvivalEdgeTests
{
    [Fact]
    public void KaplanMeier_AllCensored_StaysAtOneWithoutMedian()
    {
        SurvivalCurve curve = KaplanMeier.Estimate([1, 2, 3], [0, 0, 0]);
        Assert.All(curve.Steps, s => Assert.Equal((1.0, 0.0), (s.Survival, s.CumulativeHazardError)));
        Assert.Equal(new SurvivalQuantile(null, null, null), curve.Median());
        Assert.Equal(3, curve.RestrictedMean(3).Mean);
        Assert.Equal(0, curve.RestrictedMean(3).StandardError);
    }

    [Fact]
    public void KaplanMeier_EverybodyFailsAtOnce_DropsToZeroWithoutLimits()
    {
        SurvivalStep step = Assert.Single(KaplanMeier.Estimate([2, 2, 2], [1, 1, 1]).Steps);
        Assert.Equal(0, step.Survival);
        Assert.Null(step.SurvivalError);
        Assert.Equal(default, step.Log);
        Assert.Equal(default, step.LogLog);
        Assert.Equal(double.PositiveInfinity, step.CumulativeHazardError);
    }

    [Theory]
    [InlineData(double.NaN, 1, "'time', row 2")]
    [InlineData(-1, 1, "'time', row 2")]
    [InlineData(double.PositiveInfinity, 1, "'time', row 2")]
    [InlineData(1, 2, "'status', row 2")]
    [InlineData(1, double.NaN, "'status', row 2")]
    public void KaplanMeier_BadRow_NamesIt(double time, double status, string named)
    {
        string message = Assert.Throws<ArgumentException>(() => KaplanMeier.Estimate([1, time, 3], [1, status, 0])).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public void KaplanMeier_NoRows_AreRefused() => Assert.Throws<ArgumentException>(() => KaplanMeier.Estimate([], []));

    [Fact]
    public void LogRank_OneGroup_IsRefused() =>
        Assert.Contains("'group'", Assert.Throws<ArgumentException>(() => LogRank.Test([1, 2], [1, 1], [4, 4])).Message, StringComparison.Ordinal);

    [Fact]
    public void LogRank_AllCensored_IsNoTest()
    {
        LogRankResult test = LogRank.Test([1, 2, 3, 4], [0, 0, 0, 0], [1, 1, 2, 2]);
        Assert.Equal((0.0, 0, 1.0), (test.ChiSquared, test.DegreesOfFreedom, test.P));
    }

    [Fact]
    public void LogRank_GroupThatLeavesBeforeAnyEvent_DoesNotCount()
    {
        LogRankResult test = LogRank.Test([1, 1, 2, 3, 4, 5], [0, 0, 1, 1, 1, 0], [9, 9, 1, 2, 1, 2]);
        Assert.Equal(1, test.DegreesOfFreedom);
        Assert.Equal(LogRank.Test([2, 3, 4, 5], [1, 1, 1, 0], [1, 2, 1, 2]).ChiSquared, test.ChiSquared, 1e-12);
    }

    [Fact]
    public void Cox_AllCensored_IsRefused() =>
        Assert.Contains("'status'", Assert.Throws<ArgumentException>(() => CoxRegression.Fit([1, 2], [0, 0], [0, 1], ["x"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Cox_ConstantColumn_IsNamed()
    {
        string message = Assert.Throws<ArgumentException>(() => CoxRegression.Fit([1, 2, 3], [1, 1, 1], [0.1, 7, 0.4, 7, 0.2, 7], ["a", "b"])).Message;
        Assert.Contains("'b'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cox_DuplicateColumn_IsNamed()
    {
        string message = Assert.Throws<ArgumentException>(
            () => CoxRegression.Fit([1, 2, 3, 4], [1, 1, 1, 1], [0.1, 0.2, 0.4, 0.8, 0.2, 0.4, 0.9, 1.8], ["a", "twice a"])).Message;
        Assert.Contains("'twice a'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cox_ValueIsNotFinite_NamesColumnAndRow()
    {
        string message = Assert.Throws<ArgumentException>(() => CoxRegression.Fit([1, 2], [1, 1], [0, 1, 2, double.NaN], ["a", "b"])).Message;
        Assert.Contains("'b', row 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cox_MonotoneLikelihood_IsFlagged()
    {
        CoxFit fit = CoxRegression.Fit([1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0], ["group"]);
        Assert.True(fit.Terms[0].IsInfinite);
        Assert.True(fit.Terms[0].Coefficient > 5);
    }

    [Fact]
    public void Concordance_NoComparablePair_IsNull()
    {
        Concordance c = Concordance.Of([3, 3, 3], [1, 1, 1], [1, 2, 2]);
        Assert.Null(c.C);
        Assert.Equal((2, 1), (c.TiedTime, c.TiedBoth));
    }

    [Fact]
    public void TimeDependentAuc_HorizonBeyondFollowUp_HasNoControls() => Assert.Null(TimeDependentAuc.At([1, 2], [1, 1], [1, 2], 9).Auc);

    [Fact]
    public void KaplanMeier_LongColumn_DoesNotDependOnRowOrder()
    {
        Random random = new(2);
        double[] time = [.. Enumerable.Range(0, 5000).Select(_ => Math.Round(random.NextDouble() * 100) / 4)], status = [.. time.Select(_ => (double)random.Next(2))];
        int[] order = [.. Enumerable.Range(0, time.Length)];
        random.Shuffle(order);
        Assert.Equal(
            KaplanMeier.Estimate(time, status).Steps,
            KaplanMeier.Estimate([.. order.Select(i => time[i])], [.. order.Select(i => status[i])]).Steps);
    }
}
