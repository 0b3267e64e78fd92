using System.Text.Json.Nodes;
using HccPipeline.Statistics.Drift;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>Drift as JSON, named as the reference results name it.</summary>
internal static class DriftJson
{
    private const double Floor = 1e-4, Lambda = 0.2, Width = 3, Delta = 0.005, Threshold = 0.1;

    public static JsonObject Distances(double[] before, double[] now, double[] edges, int permutations, ulong seed, CancellationToken ct)
    {
        StabilityIndex deciles = StabilityIndex.Compute(before, now);
        KolmogorovSmirnovTest ks = KolmogorovSmirnovTest.Test(before, now);
        long pairs = (long)before.Length * now.Length;
        JsonObject json = new()
        {
            ["n1"] = before.Length,
            ["n2"] = now.Length,
            ["psi_decile_edges"] = Index(deciles),
            ["js_divergence_decile_bins_nats"] = deciles.JensenShannon,
            ["wasserstein1"] = DistributionDistance.Wasserstein(before, now),
            ["ks"] = new JsonObject
            {
                ["D"] = ks.D,
                ["p_default"] = ks.P,
                ["default_is_exact"] = pairs < 10_000,
                ["p_exact"] = Node(ks.PExact),
                ["p_asymptotic_full_series"] = ks.PAsymptotic,
                ["z"] = ks.D * Math.Sqrt((double)pairs / (before.Length + now.Length)),
            },
        };
        if (edges.Length > 0)
            json["psi_fixed_edges"] = Index(StabilityIndex.Compute(before, now, edges));
        if (permutations > 0)
        {
            json["permutation"] = new JsonObject
            {
                ["N"] = permutations,
                ["psi_p"] = PermutationTest.StabilityIndex(before, now, permutations, seed, cancellation: ct).P,
                ["wasserstein_p"] = PermutationTest.Wasserstein(before, now, permutations, seed, ct).P,
                ["ks_p"] = PermutationTest.KolmogorovSmirnov(before, now, permutations, seed, ct).P,
            };
        }
        return json;
    }

    public static JsonObject Charts(double[] series, int inControl)
    {
        ControlBaseline baseline = ControlBaseline.From(series.AsSpan(0, inControl));
        CusumChart cusum = ControlCharts.Cusum(series, baseline);
        LimitChart ewma = ControlCharts.Ewma(series, baseline, Lambda, Width), shewhart = ControlCharts.Shewhart(series, baseline, Width);
        PageHinkleyChart page = ControlCharts.PageHinkley(series, Delta, Threshold);
        return new()
        {
            ["baseline_first"] = inControl,
            ["mu0"] = baseline.Mean,
            ["sigma"] = baseline.Sigma,
            ["cusum"] = new JsonObject
            {
                ["k"] = cusum.Slack, ["h"] = cusum.Limit, ["upper"] = Node(cusum.Upper), ["lower"] = Node(cusum.Lower),
                ["first_alarm_upper"] = Node(cusum.FirstUpperAlarm), ["first_alarm_lower"] = Node(cusum.FirstLowerAlarm),
            },
            ["ewma"] = new JsonObject
            {
                ["lambda"] = Lambda, ["L"] = Width, ["z"] = Node(ewma.Statistic), ["lcl"] = Node(ewma.LowerLimit), ["ucl"] = Node(ewma.UpperLimit),
                ["first_alarm"] = Node(ewma.FirstAlarm),
            },
            ["shewhart"] = new JsonObject { ["lcl"] = shewhart.LowerLimit[0], ["ucl"] = shewhart.UpperLimit[0], ["first_alarm"] = Node(shewhart.FirstAlarm) },
            ["page_hinkley"] = new JsonObject
            {
                ["delta"] = Delta, ["threshold"] = Threshold, ["increase"] = Node(page.Increase), ["decrease"] = Node(page.Decrease),
                ["first_alarm_increase"] = Node(page.FirstIncreaseAlarm), ["first_alarm_decrease"] = Node(page.FirstDecreaseAlarm),
            },
        };
    }

    private static JsonObject Index(StabilityIndex index) => new()
    {
        ["inner_edges"] = Node(index.InnerEdges),
        ["count_baseline"] = Node(index.BaselineCounts),
        ["count_current"] = Node(index.CurrentCounts),
        ["floor"] = Floor,
        ["terms"] = Node(index.Terms),
        ["psi"] = index.Index,
        ["verdict"] = index.Verdict switch { StabilityVerdict.Stable => "stable", StabilityVerdict.Moderate => "moderate", _ => "major" },
    };
}
