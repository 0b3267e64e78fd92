using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Agreement;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats agreement</c>: intraclass correlation, Bland–Altman limits, kappa of readers.</summary>
internal static class AgreementCommand
{
    public static Command Create()
    {
        Option<string> data = StatsOptions.Data();
        Option<string?> output = StatsOptions.Out();
        Option<string[]> readers = StatsOptions.Columns("--x", "One column per reader, one row per subject (default: all columns).");
        Option<string[]> exclude = StatsOptions.Exclude();
        Option<bool> categories = new("--categories") { Description = "Readings are categories: Cohen's kappa of the first two readers instead of ICC." };
        Option<string[]> levels = StatsOptions.Columns("--levels", "The categories from lowest to highest, for weighted kappa; numbers have their own order.");
        levels.HelpName = "NAME";
        Command command = new(
            "agreement",
            """
            Agreement of readers who all saw the same subjects: ICC(1,1), ICC(2,1), ICC(3,1) with intervals and the limits of agreement of the
            first two, or Cohen's kappa.

            Examples:
              hcc stats agreement --data readers.csv --x reader1 reader2 --out agreement.json
              hcc stats agreement --data stages.csv --x reader1 reader2 --categories --levels low medium high
            """)
        {
            data, readers, exclude, categories, levels, output,
        };
        command.Does(output, (parse, _) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            string[] names = StatsOptions.Predictors(parse, table, readers, exclude);
            if (names.Length < 2)
                throw new CliException("Agreement needs two readers: name their columns with --x.", ExitCodes.Usage);
            JsonObject result = new() { ["kind"] = "agreement", ["n"] = table.RowCount, ["readers"] = Node(names) };
            if (parse.GetValue(categories))
            {
                AddKappa(result, table, names, StatsOptions.Names(parse, levels));
                return result;
            }
            StatsOptions.Refuse(parse, "is for categories: add --categories", levels);
            AddReadings(result, [.. names.Select(table.Numbers)], names);
            return result;
        });
        return command;
    }

    private static void AddReadings(JsonObject result, double[][] readings, string[] names)
    {
        int k = names.Length;
        double[] rows = [.. Enumerable.Range(0, readings[0].Length).SelectMany(i => readings.Select(c => c[i]))];
        result["icc"] = IntraclassCorrelation.Compute(rows, k) is { } icc ? Json(icc) : null;
        if (result["icc"] is null)
            result["icc_reason"] = "Not defined: the subjects do not differ, or the readers agree to within rounding.";
        BlandAltman limits = BlandAltman.Compute(readings[0], readings[1]);
        result[$"bland_altman_{names[0]}_{names[1]}"] = new JsonObject
        {
            ["bias"] = limits.Bias, ["sd"] = limits.StandardDeviation, ["loa"] = Node([limits.Lower, limits.Upper]),
        };
    }

    private static JsonObject Json(IntraclassCorrelation icc) => new()
    {
        ["n"] = icc.Subjects,
        ["k"] = icc.Readers,
        ["BMS"] = icc.SubjectsMeanSquare,
        ["JMS"] = icc.ReadersMeanSquare,
        ["EMS"] = icc.ErrorMeanSquare,
        ["WMS"] = icc.WithinMeanSquare,
        ["icc11"] = icc.OneWay.Value,
        ["icc11_ci"] = Node([icc.OneWay.Lower, icc.OneWay.Upper]),
        ["icc21"] = icc.Agreement.Value,
        ["icc21_ci"] = Node([icc.Agreement.Lower, icc.Agreement.Upper]),
        ["icc31"] = icc.Consistency.Value,
        ["icc31_ci"] = Node([icc.Consistency.Lower, icc.Consistency.Upper]),
        ["icc2k"] = icc.AverageAgreement,
        ["icc3k"] = icc.AverageConsistency,
        ["F"] = icc.F,
        ["df1"] = icc.Subjects - 1,
        ["df2"] = (icc.Subjects - 1) * (icc.Readers - 1),
        ["p"] = icc.P,
    };

    private static void AddKappa(JsonObject result, CsvTable table, string[] names, string[] levels)
    {
        if (table.IsNumeric(names[0]) != table.IsNumeric(names[1]))
            throw new CliException($"'{names[0]}' and '{names[1]}' do not name their categories alike.");
        bool isOrdered = levels.Length > 0 || table.IsNumeric(names[0]);
        int[][] codes = [.. names.Take(2).Select(n => levels.Length > 0 ? table.Levels(n, levels) : table.IsNumeric(n) ? table.Integers(n) : table.Levels(n, Texts(table, names)))];
        int[]? categories = levels.Length > 0 ? [.. Enumerable.Range(0, levels.Length)] : null;
        foreach ((string name, KappaWeights weights) in new[] { ("kappa", KappaWeights.None), ("kappa_linear", KappaWeights.Linear), ("kappa_quadratic", KappaWeights.Quadratic) })
        {
            result[name] = (weights == KappaWeights.None || isOrdered) && CohenKappa.Compute(codes[0], codes[1], weights, categories: categories) is { } kappa
                ? new JsonObject
                {
                    ["kappa"] = kappa.Kappa, ["se"] = Node(kappa.StandardError), ["ci95"] = Node([kappa.Lower, kappa.Upper]), ["observed"] = kappa.Observed,
                    ["expected"] = kappa.Expected,
                }
                : null;
        }
        if (!isOrdered)
            result["kappa_weighted_reason"] = "Names have no order: say it with --levels, from lowest to highest.";
    }

    // Over both readers, so that the same name is the same category.
    private static string[] Texts(CsvTable table, string[] names) => [.. names.Take(2).SelectMany(table.Labels).OfType<string>().Distinct()];
}
