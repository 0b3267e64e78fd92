using System.CommandLine;
using System.Globalization;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Lasso;

namespace HccPipeline.Cli.Stats;

/// <summary>Options that several statistics take, made anew for each command so that help says what applies.</summary>
internal static class StatsOptions
{
    public static Option<string> Data() => new("--data") { Description = "Table to read: CSV with column names, one row per patient.", HelpName = "FILE", Required = true };

    public static Option<string?> Out() => new("--out") { Description = "File to write, JSON (default: standard output).", HelpName = "FILE" };

    public static Option<string> Outcome() => new("--outcome") { Description = "Column with the outcome, 0 or 1.", HelpName = "COLUMN", Required = true };

    public static Option<string[]> Columns(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "COLUMN",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public static Option<string[]> X() => Columns("--x", "Predictor columns (default: all that no other option names).");

    public static Option<string[]> Exclude() => Columns("--exclude", "Columns to leave out.");

    public static Option<string?> Weights() => new("--weights") { Description = "Column with observation weights.", HelpName = "COLUMN" };

    public static Option<string?> Offset() => new("--offset") { Description = "Column with a known part of the linear predictor.", HelpName = "COLUMN" };

    public static Option<ulong> Seed() => new("--seed") { Description = "Seed of everything random: the same seed gives the same bits for any number of threads.", HelpName = "N", DefaultValueFactory = _ => 1 };

    public static Option<int> FoldCount(string description = "Stratified folds, drawn with --seed unless --folds is given.") => new("--nfolds") { Description = description, HelpName = "K", DefaultValueFactory = _ => 10 };

    public static Option<string?> Folds() => new("--folds") { Description = "Fold numbers 1…K: a column of the data, or a CSV file with one value a row.", HelpName = "FILE|COLUMN" };

    public static Option<int> Bootstrap(string description) => new("--bootstrap") { Description = description, HelpName = "B", DefaultValueFactory = _ => 0 };

    public static Option<double[]> Numbers(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "VALUE",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            List<double> values = [];
            foreach (string part in result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            {
                if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                    result.AddError($"{name}: '{part}' is not a number.");
                values.Add(value);
            }
            return [.. values];
        },
    };

    /// <summary>Names given one by one or with commas.</summary>
    public static string[] Names(ParseResult parse, Option<string[]> option) =>
        [.. (parse.GetValue(option) ?? []).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>Predictors: those named, or all columns that are neither excluded nor used otherwise.</summary>
    public static string[] Predictors(ParseResult parse, CsvTable table, Option<string[]> x, Option<string[]> exclude, params string?[] used)
    {
        string[] named = Names(parse, x), excluded = Names(parse, exclude);
        foreach (string column in excluded.Where(c => !table.Has(c)))
            throw new CliException($"--exclude: there is no column '{column}'.", ExitCodes.Usage);
        return named.Length > 0 ? named : [.. table.Header.Where(h => !used.Contains(h) && !excluded.Contains(h))];
    }

    /// <summary>Fold of every row.</summary>
    public static int[] ReadFolds(string? source, int count, ulong seed, CsvTable table, double[] y)
    {
        if (source is null)
            return StratifiedFolds.Create(y, count, seed);
        if (table.Has(source))
            return table.Integers(source);
        CsvTable file = CsvTable.Read(source);
        string column = file.Has("foldid") ? "foldid" : file.Header[0];
        int[] folds = file.Integers(column);
        return folds.Length == table.RowCount
            ? folds
            : throw new CliException($"{source} has {folds.Length} fold numbers for {table.RowCount} rows.");
    }
}
