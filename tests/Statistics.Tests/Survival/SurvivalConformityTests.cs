using System.Text.Json;
using HccPipeline.Statistics.Survival;
using Xunit;

namespace HccPipeline.Statistics.Tests.Survival;

/// <summary>survival::survfit and survdiff.</summary>
public sealed class SurvivalConformityTests
{
    public static TheoryData<string> Cases =>
    [
        "survival/n78", "survival/nocensor_n60", "survival/ties_n200", "survival/timefix_n100", "survival/three_groups_n150",
        "survival/median_not_reached_n80", "survival/exact_half_n20", "paper/survival_risk_groups",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void KaplanMeier_ReferenceCase_MatchesSurvfit(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        Comparison compare = new(1e-8);
        double[] time = reference.Column("data.csv", "time"), status = reference.Column("data.csv", "status");
        Curve(compare, reference.Result.GetProperty("km_all"), KaplanMeier.Estimate(time, status));
        foreach ((int group, SurvivalCurve curve) in KaplanMeier.EstimateByGroup(time, status, reference.Integers("data.csv", "group")))
            Curve(compare, reference.Result.GetProperty("km_by_group").GetProperty($"group{group}"), curve);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LogRank_ReferenceCase_MatchesSurvdiff(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        Comparison compare = new(1e-8);
        double[] time = reference.Column("data.csv", "time"), status = reference.Column("data.csv", "status");
        int[] group = reference.Integers("data.csv", "group"), stratum = reference.Integers("data.csv", "stratum");
        Test(compare, reference.Result.GetProperty("logrank"), LogRank.Test(time, status, group));
        Test(compare, reference.Result.GetProperty("peto_rho1"), LogRank.Test(time, status, group, rho: 1));
        Test(compare, reference.Result.GetProperty("logrank_stratified"), LogRank.Test(time, status, group, stratum));
        compare.Print(name);
    }

    private static void Test(Comparison compare, JsonElement r, LogRankResult test)
    {
        compare.Same("log-rank n", r.GetProperty("n"), test.Counts);
        compare.Same("log-rank observed", r.GetProperty("observed"), test.Observed);
        compare.Same("log-rank expected", r.GetProperty("expected"), test.Expected);
        int k = test.Groups.Length, row = 0;
        foreach (JsonElement line in r.GetProperty("var").EnumerateArray())
            compare.Same("log-rank variance", line, test.Covariance.AsSpan().Slice(k * row++, k).ToArray());
        compare.Same("log-rank chi-squared", r.GetProperty("chisq"), test.ChiSquared);
        compare.Same("log-rank df", r.GetProperty("df"), test.DegreesOfFreedom, 0);
        compare.Same("log-rank p", r.GetProperty("p"), test.P);
    }

    private static void Curve(Comparison compare, JsonElement r, SurvivalCurve curve)
    {
        compare.Same("KM time", r.GetProperty("time"), curve.Steps.Select(s => s.Time));
        compare.Same("KM at risk", r.GetProperty("n_risk"), curve.Steps.Select(s => s.AtRisk));
        compare.Same("KM events", r.GetProperty("n_event"), curve.Steps.Select(s => s.Events));
        compare.Same("KM censored", r.GetProperty("n_censor"), curve.Steps.Select(s => s.Censored));
        compare.Same("KM survival", r.GetProperty("surv"), curve.Steps.Select(s => s.Survival));
        compare.Same("KM cumulative hazard se", r.GetProperty("std_err_cumhaz"), curve.Steps.Select(s => s.CumulativeHazardError));
        compare.Same("KM survival se", r.GetProperty("std_err_surv"), curve.Steps.Select(s => s.SurvivalError));
        Limits(compare, r.GetProperty("ci_log"), curve.Steps.Select(s => s.Log));
        Limits(compare, r.GetProperty("ci_loglog"), curve.Steps.Select(s => s.LogLog));
        Limits(compare, r.GetProperty("ci_plain"), curve.Steps.Select(s => s.Plain));
        Quantiles(compare, r.GetProperty("median_log"), curve, BandScale.Log);
        Quantiles(compare, r.GetProperty("median_loglog"), curve, BandScale.LogLog);
        RestrictedMean mean = curve.RestrictedMean(r.GetProperty("rmst").GetProperty("tau").GetDouble());
        compare.Same("RMST", r.GetProperty("rmst").GetProperty("rmean"), mean.Mean);
        compare.Same("RMST se", r.GetProperty("rmst").GetProperty("se"), mean.StandardError);
        JsonElement landmark = r.GetProperty("landmark");
        JsonElement times = landmark.GetProperty("times");
        double[] at = times.ValueKind == JsonValueKind.Array ? [.. times.EnumerateArray().Select(e => e.GetDouble())] : [times.GetDouble()];
        compare.Same("landmark survival", landmark.GetProperty("surv"), at.Select(curve.SurvivalAt));
        compare.Same("landmark at risk", landmark.GetProperty("n_risk"), at.Select(curve.AtRiskAt));
    }

    private static void Limits(Comparison compare, JsonElement r, IEnumerable<ConfidenceBand> bands)
    {
        ConfidenceBand[] all = [.. bands];
        compare.Same("KM limits", r.GetProperty("lower"), all.Select(b => b.Lower));
        compare.Same("KM limits", r.GetProperty("upper"), all.Select(b => b.Upper));
    }

    private static void Quantiles(Comparison compare, JsonElement r, SurvivalCurve curve, BandScale scale)
    {
        SurvivalQuantile[] q = [curve.Quantile(0.25, scale), curve.Median(scale), curve.Quantile(0.75, scale)];
        compare.Same("KM quantile", r.GetProperty("quantile"), q.Select(v => v.Time));
        compare.Same("KM quantile limits", r.GetProperty("lower"), q.Select(v => v.Lower));
        compare.Same("KM quantile limits", r.GetProperty("upper"), q.Select(v => v.Upper));
    }
}
