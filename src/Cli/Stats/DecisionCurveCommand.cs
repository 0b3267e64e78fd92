using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Statistics.DecisionCurve;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats decision-curve</c>: net benefit of predicted probabilities.</summary>
internal static class DecisionCurveCommand
{
    public static Command Create()
    {
        Option<string> data = StatsOptions.Data(), outcome = StatsOptions.Outcome();
        Option<string?> output = StatsOptions.Out();
        Option<string[]> models = StatsOptions.Columns("--p", "Columns with predicted probabilities (default: all other columns).");
        Option<string[]> exclude = StatsOptions.Exclude();
        Option<double[]> thresholds = StatsOptions.Numbers("--thresholds", "Threshold probabilities, ascending (default: 0.01, 0.02, … 0.99).");
        Option<int> bootstrap = StatsOptions.Bootstrap("Replicates of pointwise bootstrap bands.");
        Option<ulong> seed = StatsOptions.Seed();
        Command command = new(
            "decision-curve",
            """
            Net benefit, standardised net benefit, avoided treatments and treat-all, treat-none for each threshold: treat when p is at or
            above it.

            Examples:
              hcc stats decision-curve --data predictions.csv --outcome progression --p p_combined p_clinical --out dca.json
              hcc stats decision-curve --data predictions.csv --outcome y --p p --thresholds 0.2 0.3 0.4 --bootstrap 2000
            """)
        {
            data, outcome, models, exclude, output, thresholds, bootstrap, seed,
        };
        command.Does(output, (parse, ct) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            double[] y = table.Outcome(parse.GetRequiredValue(outcome));
            double[] at = parse.GetValue(thresholds) is { Length: > 0 } given ? given : [.. NetBenefit.Percents];
            JsonObject curves = [], useful = [], areas = [];
            NetBenefit? any = null;
            foreach (string name in StatsOptions.Predictors(parse, table, models, exclude, parse.GetRequiredValue(outcome)))
            {
                double[] p = table.Numbers(name);
                int row = Array.FindIndex(p, v => v is < 0 or > 1);
                if (row >= 0)
                    throw table.Bad(row, name, "a probability lies between 0 and 1");
                NetBenefit curve = any = NetBenefit.Compute(p, y, at);
                JsonObject json = Curve(curve);
                if (parse.GetValue(bootstrap) is > 0 and int replicates)
                    json["bands"] = Bands(NetBenefitBands.Compute(p, y, at, replicates, parse.GetValue(seed), cancellation: ct));
                curves[name] = json;
                useful[name] = Node(curve.Useful);
                areas[name] = curve.Area;
            }
            return new JsonObject
            {
                ["kind"] = "dca",
                ["n"] = table.RowCount,
                ["prevalence"] = y.Average(),
                ["thresholds"] = Node(at),
                ["treat_all"] = Node(any?.All ?? []),
                ["treat_none"] = Node(any?.None ?? []),
                ["models"] = curves,
                ["thresholds_where_model_beats_all_and_none"] = useful,
                [at.SequenceEqual(NetBenefit.Percents) ? "area_under_nb_curve_trapezoid_1_to_99" : "area_under_nb_curve_trapezoid"] = areas,
            };
        });
        return command;
    }

    private static JsonObject Curve(NetBenefit curve) => new()
    {
        ["tp"] = Node(curve.TruePositives),
        ["fp"] = Node(curve.FalsePositives),
        ["net_benefit"] = Node(curve.Model),
        ["standardized_net_benefit"] = Node(curve.Standardized),
        ["net_reduction_per_100"] = Node(curve.NetReductionPer100),
        ["untreated_net_benefit"] = Node(curve.Untreated),
    };

    private static JsonObject Bands(NetBenefitBands bands) => new()
    {
        ["B"] = bands.Replicates,
        ["lower"] = Node(bands.Lower),
        ["upper"] = Node(bands.Upper),
        ["standardized_lower"] = Node(bands.StandardizedLower),
        ["standardized_upper"] = Node(bands.StandardizedUpper),
    };
}
