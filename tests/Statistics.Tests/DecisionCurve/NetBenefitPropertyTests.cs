using CsCheck;
using HccPipeline.Statistics.DecisionCurve;
using Xunit;

namespace HccPipeline.Statistics.Tests.DecisionCurve;

public sealed class NetBenefitPropertyTests
{
    private static readonly Gen<(double[] P, double[] Y)> Cohort =
        Gen.Select(Gen.Int[0, 20].Select(v => v / 20.0), Gen.Int[0, 1].Select(v => (double)v)).Array[2, 40]
            .Select(rows => (rows.Select(r => r.Item1).Concat([0.5, 0.5]).ToArray(), rows.Select(r => r.Item2).Concat([1, 0]).ToArray()));

    [Fact]
    public void TreatAll_AnyCohort_FollowsItsFormulaAndIsTheModelThatTreatsEverybody() => Cohort.Sample(c =>
    {
        NetBenefit curve = NetBenefit.Compute(c.P, c.Y, NetBenefit.Percents.AsSpan());
        NetBenefit everybody = NetBenefit.Compute([.. c.P.Select(_ => 1.0)], c.Y, NetBenefit.Percents.AsSpan());
        double prevalence = c.Y.Average();
        for (int k = 0; k < curve.Thresholds.Length; k++)
        {
            double t = curve.Thresholds[k];
            Assert.Equal(prevalence - ((1 - prevalence) * t / (1 - t)), curve.All[k], 1e-12);
            Assert.Equal(curve.All[k], everybody.Model[k], 1e-12);
            Assert.True(curve.Model[k] <= prevalence + 1e-12);
        }
        Assert.All(curve.None, v => Assert.Equal(0, v));
    });

    [Fact]
    public void Model_AnyCohort_IsTheCountOfTreatedRows() => Cohort.Sample(c =>
    {
        NetBenefit curve = NetBenefit.Compute(c.P, c.Y, NetBenefit.Percents.AsSpan());
        for (int k = 0; k < 99; k++)
        {
            double t = (k + 1) / 100.0;
            int tp = c.P.Where((p, i) => p >= t && c.Y[i] == 1).Count(), fp = c.P.Where((p, i) => p >= t && c.Y[i] == 0).Count();
            Assert.Equal((tp, fp), (curve.TruePositives[k], curve.FalsePositives[k]));
        }
    });

    [Fact]
    public void Bands_Cohort_HoldTheCurveAndRepeat()
    {
        Random random = new(1);
        double[] p = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())], y = [.. p.Select(v => random.NextDouble() < v ? 1.0 : 0)];
        double[] t = [0.1, 0.3, 0.5, 0.7];
        NetBenefit curve = NetBenefit.Compute(p, y, t);
        NetBenefitBands bands = NetBenefitBands.Compute(p, y, t, 500, 9, cancellation: TestContext.Current.CancellationToken);
        NetBenefitBands again = NetBenefitBands.Compute(p, y, t, 500, 9, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(bands.Lower, again.Lower);
        for (int k = 0; k < t.Length; k++) Assert.InRange(curve.Model[k], bands.Lower[k], bands.Upper[k]);
        // Treating nearly everybody, the band is that of a prevalence: ±1.96 √(p(1−p)/n)/(1 − t).
        double half = 1.96 * Math.Sqrt(curve.Prevalence * (1 - curve.Prevalence) / 200) / 0.9;
        Assert.Equal(2 * half, bands.Upper[0] - bands.Lower[0], half * 0.4);
    }
}
