using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Agreement;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats drift</c>: distances between a baseline and a current sample, control charts of a series.</summary>
internal static class DriftCommand
{
    public static Command Create()
    {
        Option<string> data = new("--data", "--baseline") { Description = "Baseline table, CSV.", HelpName = "FILE", Required = true };
        Option<string> current = new("--current") { Description = "Current table with the same columns.", HelpName = "FILE", Required = true };
        Option<string?> output = StatsOptions.Out();
        Option<string[]> x = StatsOptions.Columns("--x", "Columns to compare (default: all numeric columns of both tables).");
        Option<double[]> edges = StatsOptions.Numbers("--edges", "Inner edges of fixed bins for a second stability index.");
        Option<int> permutations = new("--permutations") { Description = "Permutations for p-values of the distances; 0 for none.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<string?> series = new("--series") { Description = "Table with a series in time order, for control charts.", HelpName = "FILE" };
        Option<string?> value = new("--value") { Description = "Its column (default: the last).", HelpName = "COLUMN" };
        Option<int> inControl = new("--in-control") { Description = "Points of the series, from its start, that are in control.", HelpName = "N", DefaultValueFactory = _ => 20 };
        Option<ulong> seed = StatsOptions.Seed();
        Monitoring monitoring = new();
        Command command = new(
            "drift",
            """
            Population stability index, Jensen-Shannon, Wasserstein and Kolmogorov-Smirnov of each column with adjusted p-values; CUSUM, EWMA,
            Shewhart and Page-Hinkley charts of a series. With --outcome and --score, EWMA and CUSUM of each current patient's placement among
            the baseline's, limits simulated to a declared run length, and the fall of the AUC that so many patients can show.

            Examples:
              hcc stats drift --data 2023.csv --current 2024.csv --x T2SIR ADC NLR --permutations 2000 --out drift.json
              hcc stats drift --data baseline.csv --current current.csv --series auc_by_month.csv --value auc --in-control 20
              hcc stats drift --data validation.csv --current labelled.csv --outcome progression --score p --in-control-run-length 500
            """)
        {
            data, current, x, edges, permutations, series, value, inControl,
        };
        foreach (Option option in monitoring.Options)
            command.Add(option);
        command.Add(seed);
        command.Add(output);
        command.Does(output, (parse, ct) =>
        {
            CsvTable before = CsvTable.Read(parse.GetRequiredValue(data)), now = CsvTable.Read(parse.GetRequiredValue(current));
            string[] named = StatsOptions.Unused(parse, x);
            string[] columns = named.Length > 0 ? named : [.. before.Header.Where(h => h != monitoring.Outcome(parse) && now.Has(h) && before.IsNumeric(h) && now.IsNumeric(h))];
            if (columns.Length == 0)
                throw new CliException("The two tables share no numeric column.");
            JsonObject[] results = [.. columns.Select(c => DriftJson.Distances(before.Numbers(c), now.Numbers(c), parse.GetValue(edges) ?? [], parse.GetValue(permutations), parse.GetValue(seed), ct))];
            JsonObject result = columns.Length == 1 ? results[0] : Several(columns, results);
            result.Insert(0, "kind", "drift");
            if (parse.GetValue(series) is { } file)
            {
                CsvTable table = CsvTable.Read(file);
                double[] points = table.Numbers(parse.GetValue(value) ?? table.Header[^1]);
                int first = parse.GetValue(inControl);
                if (first < 2 || first > points.Length)
                    throw new CliException($"--in-control: {first} of {points.Length} points; at least 2 are needed.", ExitCodes.Usage);
                result["charts"] = DriftJson.Charts(points, first);
            }
            monitoring.AddTo(result, parse, before, now, parse.GetValue(seed), ct);
            return result;
        });
        return command;
    }

    // Kolmogorov–Smirnov p-values are adjusted: they exist with and without permutations.
    private static JsonObject Several(string[] columns, JsonObject[] results)
    {
        double[] p = [.. results.Select(r => r["ks"]!["p_default"]!.GetValue<double>())];
        JsonObject each = [];
        foreach ((string column, JsonObject one) in columns.Zip(results))
            each[column] = one;
        return new()
        {
            ["columns"] = each,
            ["p_adjust"] = new JsonObject { ["names"] = Node(columns), ["p"] = Node(p), ["bh"] = Node(AdjustedP.BenjaminiHochberg(p)) },
        };
    }
}
