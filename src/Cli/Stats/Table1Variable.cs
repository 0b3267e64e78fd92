using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Agreement;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>One variable of a Table 1, without its missing values.</summary>
internal sealed class Table1Variable
{
    private readonly string _name;
    private readonly double[] _values;
    private readonly double[] _group;
    private readonly int _missing;
    private FreemanHaltonTest? _exact;

    private Table1Variable(string name, double[] values, double[] group, int missing, string[]? labels) =>
        (_name, _values, _group, _missing, Labels) = (name, values, group, missing, labels);

    /// <summary>Names of the categories in order, their codes being 0, 1, …; null for a continuous variable.</summary>
    public string[]? Labels { get; }

    /// <exception cref="CliException">A group has no value.</exception>
    public static Table1Variable Of(CsvTable table, string name, double[] group, bool isCategorical)
    {
        bool numeric = table.IsNumeric(name);
        double[] values;
        string[]? labels = null;
        if (numeric)
        {
            values = table.NumbersOrMissing(name);
            double[] distinct = [.. values.Where(v => !double.IsNaN(v)).Distinct().Order()];
            if (isCategorical || (distinct.Length == 2 && distinct[0] == 0 && distinct[1] == 1))
            {
                labels = [.. distinct.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
                values = Array.ConvertAll(values, v => double.IsNaN(v) ? v : Array.IndexOf(distinct, v));
            }
        }
        else
        {
            string?[] text = table.Labels(name);
            labels = [.. text.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            values = [.. text.Select(t => t is null ? double.NaN : Array.IndexOf(labels, t))];
        }
        int[] present = [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i]))];
        double[] kept = Array.ConvertAll(present, i => values[i]), groups = Array.ConvertAll(present, i => group[i]);
        if (!groups.Contains(0) || !groups.Contains(1))
            throw new CliException($"Column '{name}' has no value in the group with outcome {(groups.Contains(0) ? 1 : 0)}.");
        return new Table1Variable(name, kept, groups, values.Length - kept.Length, labels);
    }

    /// <summary>The line of the table.</summary>
    public JsonObject Row((string Zero, string One) groups, ulong seed, CancellationToken ct)
    {
        JsonObject json = Labels is null ? Continuous(groups) : Categorical(groups, seed, ct);
        json["missing"] = _missing;
        return json;
    }

    /// <summary>Everything that can be tested about the variable.</summary>
    public JsonObject Tests(ulong seed, CancellationToken ct) => Labels is null
        ? TwoSampleJson.Continuous(Split(0), Split(1), _values)
        : TwoSampleJson.Categories(Counts(), counts => _exact ??= FreemanHaltonTest.Test(counts, seed, ct));

    private JsonObject Continuous((string Zero, string One) groups)
    {
        ContinuousRow row = Table1.Continuous(_name, _values, _group);
        double[] a = Split(0), b = Split(1);
        bool testable = a.Length > 1 && b.Length > 1;
        JsonObject json = new() { ["type"] = "continuous" };
        foreach ((string label, Sample s) in new[] { (groups.Zero, row.Group0), (groups.One, row.Group1) })
        {
            json[$"{label}_n"] = s.Count;
            json[$"{label}_mean"] = s.Mean;
            json[$"{label}_sd"] = Node(s.StandardDeviation);
            json[$"{label}_median"] = s.Median;
            json[$"{label}_iqr7"] = Node([s.LowerQuartile, s.UpperQuartile]);
        }
        json[$"shapiro_p_{groups.Zero}"] = Node(row.ShapiroP0);
        json[$"shapiro_p_{groups.One}"] = Node(row.ShapiroP1);
        json["welch_p"] = Node(testable ? MeanTests.Welch(a, b)?.P : null);
        json["student_p"] = Node(testable ? MeanTests.Student(a, b)?.P : null);
        json["mann_whitney_p"] = Node(MannWhitney.Test(a, b).PCorrected);
        json["mann_whitney_exact_p"] = Node(MannWhitney.Test(a, b).PExact);
        json["reported_as"] = row.IsNormal ? "mean_sd" : "median_iqr";
        json["test"] = Name(row.Test);
        json["p"] = Node(row.P);
        json["smd"] = Node(row.StandardizedDifference);
        return json;
    }

    private JsonObject Categorical((string Zero, string One) groups, ulong seed, CancellationToken ct)
    {
        CategoricalRow row = Table1.Categorical(_name, Array.ConvertAll(_values, v => (int)v), _group, seed, ct);
        _exact = row.Exact;
        JsonObject json = new() { ["type"] = Labels!.Length == 2 ? "binary" : "categorical", ["categories"] = Node(Labels) };
        json[$"{groups.Zero}_counts"] = Node(row.Counts0);
        json[$"{groups.One}_counts"] = Node(row.Counts1);
        json["min_expected"] = row.SmallestExpected;
        if (Labels.Length == 2)
        {
            int[,] counts = Counts();
            json[$"{groups.Zero}_n1"] = row.Counts0[1];
            json[$"{groups.One}_n1"] = row.Counts1[1];
            json["chi2_p"] = ChiSquaredTest.Test(counts).P;
            json["chi2_yates_p"] = ChiSquaredTest.Test(counts, yates: true).P;
            json["fisher_p"] = FisherExact.Test(counts[0, 0], counts[0, 1], counts[1, 0], counts[1, 1]).P;
        }
        json["test"] = row.Exact?.StandardError is null ? Name(row.Test) : "fisher_simulated";
        json["p"] = Node(row.P);
        if (row.Exact?.StandardError is { } error)
            json["p_se"] = error;
        json["smd"] = Node(row.StandardizedDifference);
        return json;
    }

    private static string Name(ComparisonTest test) => test switch
    {
        ComparisonTest.Welch => "welch",
        ComparisonTest.MannWhitney => "mann_whitney",
        ComparisonTest.MannWhitneyExact => "mann_whitney_exact",
        ComparisonTest.ChiSquared => "chi2",
        ComparisonTest.FisherExact => "fisher",
        _ => "none",
    };

    private double[] Split(int group) => [.. _values.Where((_, i) => _group[i] == group)];

    private int[,] Counts()
    {
        int[,] counts = new int[2, Labels!.Length];
        for (int i = 0; i < _values.Length; i++)
            counts[(int)_group[i], (int)_values[i]]++;
        return counts;
    }
}
