using System.Text.Json;
using HccPipeline.Statistics.Drift;
using Xunit;

namespace HccPipeline.Statistics.Tests.Drift;

public sealed class DriftConformityTests
{
    public static TheoryData<string> Cases => ["drift/shift", "drift/same", "drift/ties", "drift/empty_bin"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Distances_ReferenceCase_MatchR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result;
        Comparison compare = new(1e-8);
        double[] a = reference.Column("baseline.csv", "x"), b = reference.Column("current.csv", "x");
        Index(compare, r.GetProperty("psi_decile_edges"), StabilityIndex.Compute(a, b));
        JsonElement edges = r.GetProperty("psi_fixed_edges").GetProperty("inner_edges");
        double[] fixedEdges = [.. edges.EnumerateArray().Select(e => e.GetDouble())];
        Index(compare, r.GetProperty("psi_fixed_edges"), StabilityIndex.Compute(a, b, fixedEdges));
        compare.Same("Jensen-Shannon", r.GetProperty("js_divergence_decile_bins_nats"), StabilityIndex.Compute(a, b).JensenShannon);
        compare.Same("Wasserstein", r.GetProperty("wasserstein1"), DistributionDistance.Wasserstein(a, b));
        KolmogorovSmirnovTest ks = KolmogorovSmirnovTest.Test(a, b);
        JsonElement k = r.GetProperty("ks");
        compare.Same("KS D", k.GetProperty("D"), ks.D);
        // R forms the exact p-value as one minus the lower tail, which leaves 4e-13 of rounding: compared on an absolute scale.
        compare.Same("KS p exact", k.GetProperty("p_exact"), ks.PExact, floor: 1e-3);
        compare.Same("KS p full series", k.GetProperty("p_asymptotic_full_series"), ks.PAsymptotic);
        compare.Print(name);
    }

    /// <summary>Lattice paths of this case counted in rational arithmetic.</summary>
    [Fact]
    public void KolmogorovSmirnov_SmallExactP_KeepsItsDigits()
    {
        ReferenceCase reference = ReferenceCase.Open("drift/empty_bin");
        KolmogorovSmirnovTest ks = KolmogorovSmirnovTest.Test(reference.Column("baseline.csv", "x"), reference.Column("current.csv", "x"));
        Assert.Equal(1.4338162261510884e-08, ks.PExact!.Value, 1e-20);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Charts_ReferenceCase_MatchR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result.GetProperty("charts");
        Comparison compare = new(1e-8);
        double[] series = reference.Column("series.csv", "auc");
        ControlBaseline baseline = ControlBaseline.From(series.AsSpan(0, r.GetProperty("baseline_first").GetInt32()));
        compare.Same("mu0", r.GetProperty("mu0"), baseline.Mean);
        compare.Same("sigma", r.GetProperty("sigma"), baseline.Sigma);
        JsonElement e = r.GetProperty("cusum");
        CusumChart cusum = ControlCharts.Cusum(series, baseline);
        compare.Same("CUSUM", e.GetProperty("upper"), cusum.Upper);
        compare.Same("CUSUM", e.GetProperty("lower"), cusum.Lower);
        compare.Same("CUSUM alarm", e.GetProperty("first_alarm_upper"), cusum.FirstUpperAlarm, 0);
        compare.Same("CUSUM alarm", e.GetProperty("first_alarm_lower"), cusum.FirstLowerAlarm, 0);
        foreach ((string key, LimitChart chart) in new[] { ("ewma", ControlCharts.Ewma(series, baseline)), ("shewhart", ControlCharts.Shewhart(series, baseline)) })
        {
            e = r.GetProperty(key);
            if (key == "ewma") compare.Same("EWMA", e.GetProperty("z"), chart.Statistic);
            int points = e.GetProperty("lcl").ValueKind == JsonValueKind.Array ? series.Length : 1;
            compare.Same($"{key} limits", e.GetProperty("lcl"), chart.LowerLimit.Take(points));
            compare.Same($"{key} limits", e.GetProperty("ucl"), chart.UpperLimit.Take(points));
            compare.Same($"{key} alarm", e.GetProperty("first_alarm"), chart.FirstAlarm, 0);
        }
        e = r.GetProperty("page_hinkley");
        PageHinkleyChart page = ControlCharts.PageHinkley(series);
        compare.Same("Page-Hinkley", e.GetProperty("increase"), page.Increase);
        compare.Same("Page-Hinkley", e.GetProperty("decrease"), page.Decrease);
        compare.Same("Page-Hinkley alarm", e.GetProperty("first_alarm_increase"), page.FirstIncreaseAlarm, 0);
        compare.Same("Page-Hinkley alarm", e.GetProperty("first_alarm_decrease"), page.FirstDecreaseAlarm, 0);
        compare.Print(name);
    }

    private static void Index(Comparison compare, JsonElement r, StabilityIndex index)
    {
        compare.Same("PSI edges", r.GetProperty("inner_edges"), index.InnerEdges);
        compare.Same("PSI counts", r.GetProperty("count_baseline"), index.BaselineCounts);
        compare.Same("PSI counts", r.GetProperty("count_current"), index.CurrentCounts);
        compare.Same("PSI terms", r.GetProperty("terms"), index.Terms);
        compare.Same("PSI", r.GetProperty("psi"), index.Index);
        Assert.Equal(r.GetProperty("verdict").GetString(), index.Verdict.ToString(), ignoreCase: true);
    }
}
