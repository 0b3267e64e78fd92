using System.Text.Json.Nodes;
using HccPipeline.Statistics.SampleSize;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>Riley's criteria as JSON, named as pmsampsize names them.</summary>
internal static class SampleSizeJson
{
    /// <summary>Nagelkerke R² that Riley et al. propose where nothing is known about a new model.</summary>
    public const double CautiousR2 = 0.15;

    /// <summary>The criteria, and the size they ask for.</summary>
    public static JsonObject Criteria(Riley size)
    {
        int[] rows = [size.ForShrinkage, size.ForOptimism, size.ForPrevalence, size.Required];
        double both = Math.Max(size.Shrinkage, size.OptimismShrinkage);
        return new()
        {
            ["parameters"] = size.Parameters,
            ["prevalence"] = size.Prevalence,
            ["r2a"] = size.CoxSnellR2,
            ["max_r2a"] = size.MaxCoxSnellR2,
            ["nag_r2"] = size.CoxSnellR2 / size.MaxCoxSnellR2,
            ["results_table"] = new JsonObject
            {
                ["criteria"] = Node(["shrinkage", "optimism", "intercept", "final"]),
                ["samp_size"] = Node(rows),
                ["shrinkage"] = Node([size.Shrinkage, size.OptimismShrinkage, both, both]),
                ["EPP"] = Node(rows.Select(n => n * size.Prevalence / size.Parameters)),
            },
            ["sample_size"] = size.Required,
            ["events"] = size.Events,
            ["EPP"] = size.EventsPerParameter,
        };
    }

    /// <summary>What the rows at hand are worth under the same expectation.</summary>
    public static JsonObject AtHand(Riley size, int rows, double events) => new()
    {
        ["n"] = rows,
        ["events"] = events,
        ["EPP"] = events / size.Parameters,
        ["expected_shrinkage"] = Riley.ExpectedShrinkage(rows, size.Parameters, size.CoxSnellR2),
        ["is_enough"] = rows >= size.Required,
    };

    /// <summary>Criteria for all candidates of a data set under the cautious expectation, and what the data are worth.</summary>
    public static JsonObject Of(double[] y, int candidates)
    {
        Riley size = Riley.FromNagelkerke(candidates, y.Average(), CautiousR2);
        JsonObject json = Criteria(size);
        json["at_hand"] = AtHand(size, y.Length, y.Sum());
        return json;
    }
}
