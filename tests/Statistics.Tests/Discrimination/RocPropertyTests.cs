using CsCheck;
using HccPipeline.Statistics.Agreement;
using HccPipeline.Statistics.Discrimination;
using Xunit;

namespace HccPipeline.Statistics.Tests.Discrimination;

public sealed class RocPropertyTests
{
    /// <summary>Cohorts with many ties and at least two rows of each class.</summary>
    private static readonly Gen<(double[] Score, double[] Y)> Cohort =
        Gen.Select(Gen.Int[-6, 6].Select(v => v / 4.0), Gen.Int[0, 1].Select(v => (double)v)).Array[4, 40]
            .Select(rows => (rows.Select(r => r.Item1).Concat([0.1, 0.1, 0.7, -0.3]).ToArray(), rows.Select(r => r.Item2).Concat([1, 0, 1, 0]).ToArray()));

    [Fact]
    public void Auc_AnyCohort_IsTheShareOfOrderedPairs() => Cohort.Sample(c =>
    {
        (double auc, double variance) = ByPairs(c.Score, c.Y);
        AucEstimate estimate = DeLong.Estimate(c.Score, c.Y);
        Assert.Equal(auc, estimate.Auc, 1e-14);
        Assert.Equal(variance, estimate.Variance, 1e-14);
    });

    [Fact]
    public void Auc_MonotoneTransform_StaysAndReversalMirrors() => Cohort.Sample(c =>
    {
        double auc = RocCurve.Compute(c.Score, c.Y).Auc;
        Assert.Equal(auc, RocCurve.Compute([.. c.Score.Select(s => Math.Exp(3 * s) - 7)], c.Y).Auc);
        Assert.Equal(1 - auc, RocCurve.Compute([.. c.Score.Select(s => -s)], c.Y).Auc, 1e-15);
        Assert.Equal(1 - auc, RocCurve.Compute(c.Score, [.. c.Y.Select(v => 1 - v)]).Auc, 1e-15);
    });

    [Fact]
    public void RocCurve_PermutedRows_IsTheSame() => Gen.Select(Cohort, Gen.Int).Sample((c, seed) =>
    {
        int[] order = [.. Enumerable.Range(0, c.Y.Length)];
        new Random(seed).Shuffle(order);
        RocCurve a = RocCurve.Compute(c.Score, c.Y), b = RocCurve.Compute([.. order.Select(i => c.Score[i])], [.. order.Select(i => c.Y[i])]);
        Assert.Equal(a.Thresholds, b.Thresholds);
        Assert.Equal(a.TruePositives, b.TruePositives);
        Assert.Equal(a.TrueNegatives, b.TrueNegatives);
    });

    [Fact]
    public void RocCurve_AnyCohort_IsMonotoneAndItsTrapezoidsAreTheAuc() => Cohort.Sample(c =>
    {
        RocCurve curve = RocCurve.Compute(c.Score, c.Y);
        double area = 0;
        for (int k = 1; k < curve.Thresholds.Length; k++)
        {
            Assert.True(curve.Sensitivities[k] <= curve.Sensitivities[k - 1] && curve.Specificities[k] >= curve.Specificities[k - 1]);
            area += (curve.Specificities[k] - curve.Specificities[k - 1]) * (curve.Sensitivities[k] + curve.Sensitivities[k - 1]) / 2;
        }
        Assert.Equal(curve.Auc, area, 1e-12);
    });

    [Fact]
    public void Youden_AnyCohort_IsTheBestRuleAndAgreesWithCounting() => Cohort.Sample(c =>
    {
        RocCurve curve = RocCurve.Compute(c.Score, c.Y);
        OperatingPoint best = Youden.Best(curve);
        Assert.Equal(best, OperatingPoint.At(c.Score, c.Y, best.Threshold));
        Assert.All(curve.Thresholds, t => Assert.True(OperatingPoint.At(c.Score, c.Y, t).YoudenIndex <= best.YoudenIndex + 1e-12));
    });

    [Fact]
    public void MannWhitney_AnyCohort_CountsTheSamePairs() => Cohort.Sample(c =>
    {
        double[] cases = [.. c.Score.Where((_, i) => c.Y[i] == 1)], controls = [.. c.Score.Where((_, i) => c.Y[i] == 0)];
        Assert.Equal(RocCurve.Compute(c.Score, c.Y).Auc, MannWhitney.Test(cases, controls).U / (cases.Length * (double)controls.Length), 1e-14);
    });

    [Fact]
    public void PairedTest_ModelAgainstItself_IsNoDifference() => Cohort.Sample(c =>
    {
        PairedAucTest test = DeLong.PairedTest(c.Score, c.Score, c.Y);
        Assert.Equal(0, test.Difference);
        Assert.Equal(1, test.P, 1e-6);
    });

    [Fact]
    public void PrecisionRecall_AnyCohort_MeetsThePrevalenceAtTheEnd() => Cohort.Sample(c =>
    {
        PrecisionRecall curve = PrecisionRecall.Compute(c.Score, c.Y);
        Assert.Equal(1, curve.Points[^1].Recall);
        Assert.Equal(curve.Prevalence, curve.Points[^1].Precision);
        Assert.All(curve.Points, p =>
        {
            OperatingPoint rule = OperatingPoint.At(c.Score, c.Y, p.Threshold);
            Assert.Equal(rule.Sensitivity.Value, p.Recall);
            Assert.Equal(rule.PositivePredictiveValue.Value, p.Precision);
        });
    });

    [Fact]
    public void Bootstrap_BinormalCohort_AgreesWithDeLongAndRepeats()
    {
        Random random = new(3);
        double[] y = [.. Enumerable.Range(0, 300).Select(i => (double)(i % 2))];
        double[] s = [.. y.Select(v => v + (2 * random.NextDouble()))];
        AucEstimate exact = DeLong.Estimate(s, y);
        AucBootstrap first = AucBootstrap.Compute(s, y, 2000, 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(first, AucBootstrap.Compute(s, y, 2000, 1, cancellation: TestContext.Current.CancellationToken));
        Assert.NotEqual(first, AucBootstrap.Compute(s, y, 2000, 2, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(exact.Lower, first.Lower, 0.01);
        Assert.Equal(exact.Upper, first.Upper, 0.01);
    }

    private static (double Auc, double Variance) ByPairs(double[] score, double[] y)
    {
        double[] cases = [.. score.Where((_, i) => y[i] == 1)], controls = [.. score.Where((_, i) => y[i] == 0)];
        double Kernel(double a, double b) => a > b ? 1 : a == b ? 0.5 : 0;
        double[] v = [.. cases.Select(a => controls.Average(b => Kernel(a, b)))], u = [.. controls.Select(b => cases.Average(a => Kernel(a, b)))];
        double auc = v.Average();
        double Var(double[] d) => d.Sum(e => (e - auc) * (e - auc)) / (d.Length - 1) / d.Length;
        return (auc, Var(v) + Var(u));
    }
}
