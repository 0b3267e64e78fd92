using System.Text.Json;
using HccPipeline.Statistics.Survival;
using Xunit;

namespace HccPipeline.Statistics.Tests.Survival;

/// <summary>survival::coxph.</summary>
public sealed class CoxConformityTests
{
    [Theory]
    [MemberData(nameof(SurvivalConformityTests.Cases), MemberType = typeof(SurvivalConformityTests))]
    public void Fit_ReferenceCase_MatchesCoxph(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        Comparison compare = new(1e-7);
        foreach ((string key, TieMethod ties) in new[]
        {
            ("cox_group_efron", TieMethod.Efron), ("cox_group_breslow", TieMethod.Breslow),
            ("cox_multi_efron", TieMethod.Efron), ("cox_multi_breslow", TieMethod.Breslow),
        })
        {
            JsonElement r = reference.Result.GetProperty(key);
            string[] names = [.. r.GetProperty("names").EnumerateArray().Select(e => e.GetString()!)];
            double[] time = reference.Column("data.csv", "time"), status = reference.Column("data.csv", "status");
            double[] x = Columns(reference, names);
            CoxFit fit = CoxRegression.Fit(time, status, x, names, ties);
            Same(compare, r, fit);
            Same(compare, r, fit.Concordance);
        }
        compare.Print(name);
    }

    internal static double[] Columns(ReferenceCase reference, string[] names)
    {
        int[] group = reference.Integers("data.csv", "group");
        double[][] columns = [.. names.Select(c => c.StartsWith("gf", StringComparison.Ordinal)
            ? Array.ConvertAll(group, g => g == c[2] - '0' ? 1.0 : 0)
            : reference.Column("data.csv", c))];
        return [.. Enumerable.Range(0, group.Length).SelectMany(i => columns.Select(c => c[i]))];
    }

    private static void Same(Comparison compare, JsonElement r, CoxFit fit)
    {
        compare.Same("Cox coefficient", r.GetProperty("coef"), fit.Terms.Select(t => t.Coefficient));
        compare.Same("Cox se", r.GetProperty("se"), fit.Terms.Select(t => t.StandardError));
        compare.Same("Cox HR", r.GetProperty("hr"), fit.Terms.Select(t => t.HazardRatio));
        compare.Same("Cox HR limits", r.GetProperty("hr_lower"), fit.Terms.Select(t => t.Lower));
        compare.Same("Cox HR limits", r.GetProperty("hr_upper"), fit.Terms.Select(t => t.Upper));
        compare.Same("Cox z", r.GetProperty("z"), fit.Terms.Select(t => t.Z));
        compare.Same("Cox p", r.GetProperty("p"), fit.Terms.Select(t => t.P));
        compare.Same("Cox null log-likelihood", r.GetProperty("loglik_null"), fit.NullLogLikelihood);
        compare.Same("Cox log-likelihood", r.GetProperty("loglik"), fit.LogLikelihood);
        foreach ((string key, ModelTest test) in new[] { ("lr", fit.LikelihoodRatio), ("wald", fit.Wald), ("score", fit.Score) })
            compare.Same($"Cox {key} test", r.GetProperty(key), [test.Statistic, test.DegreesOfFreedom, test.P]);
        int p = fit.Terms.Length, row = 0;
        foreach (JsonElement line in r.GetProperty("vcov").EnumerateArray())
            compare.Same("Cox covariance", line, fit.Covariance.AsSpan().Slice(p * row++, p).ToArray());
        Assert.All(fit.Terms, t => Assert.False(t.IsInfinite));
    }

    private static void Same(Comparison compare, JsonElement r, Concordance c)
    {
        compare.Same("concordance", r.GetProperty("concordance"), c.C);
        compare.Same("concordance se", r.GetProperty("concordance_se"), c.StandardError);
        compare.Same("concordant", r.GetProperty("concordant"), c.Concordant, 0);
        compare.Same("discordant", r.GetProperty("discordant"), c.Discordant, 0);
        compare.Same("tied score", r.GetProperty("tied_x"), c.TiedScore, 0);
        compare.Same("tied time", r.GetProperty("tied_y"), c.TiedTime, 0);
        compare.Same("tied both", r.GetProperty("tied_xy"), c.TiedBoth, 0);
    }
}
