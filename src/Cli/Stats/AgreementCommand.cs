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
        Command command = new(
            "agreement",
            """
            Agreement of readers who all saw the same subjects: ICC(1,1), ICC(2,1), ICC(3,1) with intervals and the limits of agreement of the
            first two, or Cohen's kappa.

            Examples:
              hcc stats agreement --data readers.csv --x reader1 reader2 --out agreement.json
              hcc stats agreement --data stages.csv --x reader1 reader2 --categories
            """)
        {
            data, readers, exclude, categories, output,
        };
        command.Does(output, (parse, _) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            string[] names = StatsOptions.Predictors(parse, table, readers, exclude);
            if (names.Length < 2)
                throw new CliException("Agreement needs two readers: name their columns with --x.", ExitCodes.Usage);
            JsonObject result = new() { ["kind"] = "agreement", ["n"] = table.RowCount, ["readers"] = Node(names) };
            if (parse.GetValue(categories))
                AddKappa(result, table, names);
            else
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

    private static void AddKappa(JsonObject result, CsvTable table, string[] names)
    {
        Groups first = Groups.Of(table, names[0]), second = Groups.Of(table, names[1]);
        if (table.IsNumeric(names[0]) != table.IsNumeric(names[1]))
            throw new CliException($"'{names[0]}' and '{names[1]}' do not name their categories alike.");
        string[] labels = [.. first.Labels.Values.Concat(second.Labels.Values).Distinct().Order(StringComparer.Ordinal)];
        bool numeric = table.IsNumeric(names[0]);
        int[] a = Codes(first), b = Codes(second);
        foreach ((string name, KappaWeights weights) in new[] { ("kappa", KappaWeights.None), ("kappa_linear", KappaWeights.Linear), ("kappa_quadratic", KappaWeights.Quadratic) })
        {
            result[name] = CohenKappa.Compute(a, b, weights) is { } kappa
                ? new JsonObject
                {
                    ["kappa"] = kappa.Kappa, ["se"] = Node(kappa.StandardError), ["ci95"] = Node([kappa.Lower, kappa.Upper]), ["observed"] = kappa.Observed,
                    ["expected"] = kappa.Expected,
                }
                : null;
        }

        // Names are numbered over both readers, so that the same name is the same category.
        int[] Codes(Groups g) => numeric ? g.Codes : Array.ConvertAll(g.Codes, c => Array.IndexOf(labels, g.Labels[c]));
    }
}
