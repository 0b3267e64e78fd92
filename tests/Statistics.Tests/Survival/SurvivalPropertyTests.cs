using CsCheck;
using HccPipeline.Statistics.Survival;
using Xunit;

namespace HccPipeline.Statistics.Tests.Survival;

public sealed class SurvivalPropertyTests
{
    /// <summary>Follow-up with many ties; at least two events.</summary>
    private static readonly Gen<(double[] Time, double[] Status, double[] X)> FollowUp =
        Gen.Select(Gen.Int[0, 12].Select(v => v / 2.0), Gen.Int[0, 1].Select(v => (double)v), Gen.Int[-4, 4].Select(v => (double)v)).Array[5, 40]
            .Select(rows => (
                rows.Select(r => r.Item1).Concat([2.25, 4.25, 1.25]).ToArray(),
                rows.Select(r => r.Item2).Concat([1, 1, 0]).ToArray(),
                rows.Select(r => r.Item3).Concat([1.5, -0.5, 0.25]).ToArray()));

    [Fact]
    public void KaplanMeier_AnyFollowUp_IsAFallingStepFunctionWithinItsBands() => FollowUp.Sample(d =>
    {
        SurvivalCurve curve = KaplanMeier.Estimate(d.Time, d.Status);
        double previous = 1;
        foreach (SurvivalStep step in curve.Steps)
        {
            Assert.InRange(step.Survival, 0, previous);
            if (step.Events == 0) Assert.Equal(previous, step.Survival);
            previous = step.Survival;
            foreach (ConfidenceBand band in new[] { step.Log, step.LogLog, step.Plain })
            {
                if (band.Lower is { } low) Assert.InRange(low, 0, step.Survival + 1e-12);
                if (band.Upper is { } high) Assert.InRange(high, step.Survival - 1e-12, 1);
            }
        }
        Assert.Equal(d.Status.Sum(), curve.Events);
        Assert.Equal(d.Time.Length, curve.Steps.Sum(s => s.Events + s.Censored));
        Assert.Equal(d.Time.Length, curve.AtRiskAt(0));
    });

    [Fact]
    public void KaplanMeier_NoCensoring_IsTheEmpiricalSurvival() => FollowUp.Sample(d =>
    {
        SurvivalCurve curve = KaplanMeier.Estimate(d.Time, [.. d.Time.Select(_ => 1.0)]);
        Assert.All(d.Time, t => Assert.Equal(d.Time.Count(u => u > t) / (double)d.Time.Length, curve.SurvivalAt(t), 1e-12));
    });

    [Fact]
    public void EverySurvivalMethod_PermutedRows_GivesTheSame() => Gen.Select(FollowUp, Gen.Int).Sample((d, seed) =>
    {
        int[] order = [.. Enumerable.Range(0, d.Time.Length)];
        new Random(seed).Shuffle(order);
        double[] time = [.. order.Select(i => d.Time[i])], status = [.. order.Select(i => d.Status[i])], x = [.. order.Select(i => d.X[i])];
        Assert.Equal(KaplanMeier.Estimate(d.Time, d.Status).Steps, KaplanMeier.Estimate(time, status).Steps);
        Assert.Equal(Concordance.Of(d.Time, d.Status, d.X), Concordance.Of(time, status, x), Close);
        int[] Group(double[] v) => Array.ConvertAll(v, e => e > 0 ? 1 : 0);
        Assert.Equal(LogRank.Test(d.Time, d.Status, Group(d.X)).ChiSquared, LogRank.Test(time, status, Group(x)).ChiSquared, 1e-9);
        CoxFit a = CoxRegression.Fit(d.Time, d.Status, d.X, ["x"]), b = CoxRegression.Fit(time, status, x, ["x"]);
        Assert.Equal(a.Terms[0].IsInfinite, b.Terms[0].IsInfinite);
        if (!a.Terms[0].IsInfinite) Assert.Equal(a.Terms[0].Coefficient, b.Terms[0].Coefficient, 1e-9);
    });

    [Fact]
    public void Concordance_AnyFollowUp_IsTheCountOfPairs() => FollowUp.Sample(d =>
    {
        long concordant = 0, discordant = 0, tied = 0;
        for (int i = 0; i < d.Time.Length; i++)
        {
            for (int j = 0; j < d.Time.Length; j++)
            {
                bool comparable = d.Status[i] == 1 && (d.Time[j] > d.Time[i] || (d.Time[j] == d.Time[i] && d.Status[j] == 0));
                if (!comparable) continue;
                if (d.X[i] > d.X[j]) concordant++;
                else if (d.X[i] < d.X[j]) discordant++;
                else tied++;
            }
        }
        Concordance c = Concordance.Of(d.Time, d.Status, d.X);
        Assert.Equal((concordant, discordant, tied), (c.Concordant, c.Discordant, c.TiedScore));
    });

    [Fact]
    public void Cox_OneGroupCovariateWithoutTies_ScoreTestIsTheLogRankTest()
    {
        Random random = new(6);
        double[] time = [.. Enumerable.Range(0, 80).Select(_ => random.NextDouble() * 10)];
        double[] status = [.. time.Select(_ => random.NextDouble() < 0.7 ? 1.0 : 0)];
        int[] group = [.. time.Select(_ => random.Next(2))];
        CoxFit fit = CoxRegression.Fit(time, status, Array.ConvertAll(group, g => (double)g), ["group"]);
        Assert.Equal(LogRank.Test(time, status, group).ChiSquared, fit.Score.Statistic, 1e-9);
    }

    [Fact]
    public void Cox_PermutedColumns_PermuteTheTerms()
    {
        Random random = new(14);
        double[] time = [.. Enumerable.Range(0, 60).Select(_ => Math.Round(random.NextDouble() * 20))], status = [.. time.Select(_ => (double)random.Next(2))];
        double[][] rows = [.. time.Select(_ => new[] { random.NextDouble(), random.Next(2), random.NextDouble() * 100 })];
        CoxFit one = CoxRegression.Fit(time, status, [.. rows.SelectMany(r => r)], ["a", "b", "c"]);
        CoxFit other = CoxRegression.Fit(time, status, [.. rows.SelectMany(r => new[] { r[2], r[0], r[1] })], ["c", "a", "b"]);
        Assert.Equal(one.LogLikelihood, other.LogLikelihood, 1e-10);
        foreach (CoxTerm term in one.Terms)
        {
            CoxTerm same = Assert.Single(other.Terms, t => t.Name == term.Name);
            Assert.Equal(term.Coefficient, same.Coefficient, 1e-10);
            Assert.Equal(term.StandardError, same.StandardError, 1e-10);
        }
    }

    [Fact]
    public void Cox_RescaledCovariate_RescalesTheCoefficient() => FollowUp.Sample(d =>
    {
        CoxFit one = CoxRegression.Fit(d.Time, d.Status, d.X, ["x"]), other = CoxRegression.Fit(d.Time, d.Status, [.. d.X.Select(v => (v * 1000) + 5e4)], ["x"]);
        if (one.Terms[0].IsInfinite) return;
        Assert.Equal(one.Terms[0].Coefficient, other.Terms[0].Coefficient * 1000, 1e-7);
        Assert.Equal(one.LogLikelihood, other.LogLikelihood, 1e-8);
    });

    private static bool Close(Concordance a, Concordance b) =>
        (a.Concordant, a.Discordant, a.TiedScore, a.TiedTime, a.TiedBoth) == (b.Concordant, b.Discordant, b.TiedScore, b.TiedTime, b.TiedBoth)
        && (a.StandardError is null || Math.Abs(a.StandardError.Value - b.StandardError!.Value) < 1e-12);
}
