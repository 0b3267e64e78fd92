using System.Text.Json.Nodes;
using HccPipeline.Statistics.Agreement;
using HccPipeline.Statistics.Numerics;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>Tests of two samples as JSON, named as the reference results name them.</summary>
internal static class TwoSampleJson
{
    public static JsonObject Continuous(double[] a, double[] b, double[] all)
    {
        JsonObject json = new()
        {
            ["descriptives"] = new JsonObject { ["group0"] = Describe(a), ["group1"] = Describe(b), ["all"] = Describe(all) },
        };
        if (a.Length > 1 && b.Length > 1)
        {
            json["welch"] = Test(MeanTests.Welch(a, b));
            json["student"] = Test(MeanTests.Student(a, b));
            json["f_test_variances"] = MeanTests.VarianceRatio(a, b) is (double f, double p) ? new JsonObject { ["F"] = Node(f), ["p"] = Node(p) } : null;
        }
        MannWhitney u = MannWhitney.Test(a, b);
        json["mann_whitney"] = new JsonObject
        {
            ["U"] = u.U, ["has_ties"] = u.HasTies, ["p_normal_corrected"] = Node(u.PCorrected), ["p_normal_uncorrected"] = Node(u.PUncorrected),
            ["p_exact_no_ties"] = Node(u.PExact), ["p_R_default"] = Node(u.P),
        };
        return json;
    }

    /// <summary>Tests of a table of counts.</summary>
    /// <param name="counts">2 × k counts.</param>
    /// <param name="exact">Fisher's test beyond 2 × 2, which may take a while.</param>
    public static JsonObject Categories(int[,] counts, Func<int[,], FreemanHaltonTest> exact)
    {
        int k = counts.GetLength(1);
        JsonObject json = new() { [$"chi_squared_2x{k}"] = Test(ChiSquaredTest.Test(counts), counts) };
        if (k == 2)
        {
            json["chi_squared_2x2_yates"] = Test(ChiSquaredTest.Test(counts, yates: true), counts);
            json["fisher_2x2"] = Fisher(counts);
        }
        else if (k > 2)
        {
            FreemanHaltonTest fisher = exact(counts);
            JsonObject result = new() { ["p"] = fisher.P };
            if (fisher.StandardError is { } error)
                (result["simulated_tables"], result["p_se"]) = (fisher.Simulated, error);
            json[$"fisher_2x{k}"] = result;
        }
        return json;
    }

    private static JsonObject Describe(double[] values)
    {
        Sample s = Sample.Describe(values);
        double[] sorted = [.. values.Order()];
        ShapiroWilk? shapiro = values.Length is < 3 or > 5000 ? null : ShapiroWilk.Test(values);
        return new()
        {
            ["n"] = s.Count,
            ["mean"] = s.Mean,
            ["sd"] = Node(s.StandardDeviation),
            ["min"] = s.Minimum,
            ["max"] = s.Maximum,
            ["median"] = s.Median,
            ["quartiles_type7"] = Node([s.LowerQuartile, s.UpperQuartile]),
            ["quartiles_type6"] = Node([Quantiles.Type6(sorted, 0.25), Quantiles.Type6(sorted, 0.75)]),
            ["quartiles_type2"] = Node([Quantiles.Type2(sorted, 0.25), Quantiles.Type2(sorted, 0.75)]),
            ["skewness_g1"] = Node(s.Skewness),
            ["shapiro_w"] = Node(shapiro?.W),
            ["shapiro_p"] = Node(shapiro?.P),
        };
    }

    private static JsonObject? Test(TTest? test) => test is null ? null : new()
    {
        ["t"] = test.T, ["df"] = test.DegreesOfFreedom, ["p"] = test.P, ["mean_diff"] = test.Difference, ["ci95"] = Node([test.Lower, test.Upper]),
    };

    private static JsonObject Test(ChiSquaredTest test, int[,] counts) => new()
    {
        ["table"] = Rows(counts), ["chisq"] = Node(test.ChiSquared), ["df"] = test.DegreesOfFreedom, ["p"] = test.P,
        ["expected"] = Rows(test.Expected, counts.GetLength(1)),
    };

    private static JsonObject Fisher(int[,] t)
    {
        FisherExact exact = FisherExact.Test(t[0, 0], t[0, 1], t[1, 0], t[1, 1]);
        return new()
        {
            ["p"] = exact.P,
            ["odds_ratio_conditional_mle"] = Node(exact.OddsRatio),
            ["ci95"] = Node([exact.Lower, exact.Upper]),
            ["odds_ratio_sample"] = Node((double)t[0, 0] * t[1, 1] / ((double)t[0, 1] * t[1, 0])),
            ["p_less"] = exact.PLess,
            ["p_greater"] = exact.PGreater,
        };
    }
}
