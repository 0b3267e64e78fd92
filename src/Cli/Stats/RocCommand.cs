using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Statistics.Discrimination;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats roc</c>: curves, DeLong, operating points, paired and unpaired comparison.</summary>
internal static class RocCommand
{
    public static Command Create()
    {
        Option<string> data = StatsOptions.Data(), outcome = StatsOptions.Outcome();
        Option<string?> output = StatsOptions.Out();
        Option<string[]> scores = StatsOptions.Columns("--score", "Columns with scores; a case is expected to score higher (default: all other columns).");
        Option<string[]> exclude = StatsOptions.Exclude();
        Option<string?> second = new("--data2") { Description = "An independent cohort with the same outcome and first score, for the unpaired test.", HelpName = "FILE" };
        Option<double> threshold = new("--threshold") { Description = "Operating point beside Youden's.", HelpName = "T", DefaultValueFactory = _ => 0.5 };
        Option<int> bootstrap = StatsOptions.Bootstrap("Replicates of a stratified bootstrap interval of each AUC.");
        Option<ulong> seed = StatsOptions.Seed();
        Command command = new(
            "roc",
            """
            ROC curve, AUC with DeLong interval, operating points with exact and Wilson intervals, precision and recall; DeLong's test of
            each two scores, and of the first score in two cohorts.

            Examples:
              hcc stats roc --data predictions.csv --outcome progression --score p_combined p_clinical --out roc.json
              hcc stats roc --data training.csv --data2 external.csv --outcome y --score p
            """)
        {
            data, outcome, scores, exclude, output, second, threshold, bootstrap, seed,
        };
        command.Does(output, (parse, ct) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            double[] y = table.Outcome(parse.GetRequiredValue(outcome));
            string[] names = StatsOptions.Predictors(parse, table, scores, exclude, parse.GetRequiredValue(outcome));
            double[][] values = [.. names.Select(table.Numbers)];
            JsonObject result = new() { ["kind"] = "roc", ["n"] = table.RowCount };
            for (int k = 0; k < names.Length; k++)
            {
                JsonObject one = RocJson.Curve(values[k], y, parse.GetValue(threshold));
                if (parse.GetValue(bootstrap) is > 0 and int replicates)
                    one["bootstrap"] = RocJson.Bootstrap(AucBootstrap.Compute(values[k], y, replicates, parse.GetValue(seed), cancellation: ct));
                result[names[k]] = one;
            }
            if (names.Length > 1)
                result["paired_delong"] = RocJson.Paired(names[0], names[1], DeLong.PairedTest(values[0], values[1], y));
            if (names.Length > 2)
                result["paired_delong_all"] = Node(Pairs(names.Length).Select(p => (JsonNode?)RocJson.Paired(names[p.First], names[p.Second], DeLong.PairedTest(values[p.First], values[p.Second], y))));
            if (parse.GetValue(second) is { } other)
            {
                CsvTable cohort = CsvTable.Read(other);
                double[] y2 = cohort.Outcome(parse.GetRequiredValue(outcome)), s2 = cohort.Numbers(names[0]);
                UnpairedAucTest test = DeLong.UnpairedTest(values[0], y, s2, y2);
                result["n2"] = cohort.RowCount;
                result[$"cohort2_{names[0]}"] = RocJson.Curve(s2, y2, parse.GetValue(threshold));
                result["unpaired_delong_pROC"] = RocJson.Unpaired(test);
                result["unpaired_delong_normal"] = new JsonObject { ["z"] = Node(test.Statistic), ["p"] = Node(test.PNormal) };
            }
            return result;
        });
        return command;
    }
    private static IEnumerable<(int First, int Second)> Pairs(int count) =>
        Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i + 1, count - i - 1).Select(j => (i, j)));
}
