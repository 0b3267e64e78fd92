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

    public static Option<int> FoldCount(string description = "Stratified folds, drawn with --seed unless --folds is given.") => Count("--nfolds", description, "K", from: 3, byDefault: 10);

    public static Option<string?> Folds() => new("--folds") { Description = "Fold numbers 1…K: a column of the data, or a CSV file with one value a row.", HelpName = "FILE|COLUMN" };

    public static Option<int> Bootstrap(string description) => Count("--bootstrap", description, "B", from: 2, byDefault: 0);

    public static Option<int> Threads() => Count("--threads", "Most threads; the result is the same bits for any number.", "N", from: 1, byDefault: Environment.ProcessorCount);

    /// <summary>How many of something.</summary>
    /// <param name="name">Name of the option.</param>
    /// <param name="description">What it counts.</param>
    /// <param name="helpName">Letter for the number.</param>
    /// <param name="from">Smallest number that makes sense.</param>
    /// <param name="byDefault">The number when none is given; allowed in any case, so that 0 says "none".</param>
    public static Option<int> Count(string name, string description, string helpName, int from, int byDefault)
    {
        Option<int> option = new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any())
                return;
            int count = result.GetValueOrDefault<int>();
            if (count < from && count != byDefault)
                result.AddError(byDefault == 0 ? $"{name} is {count}: from {from} is possible, or 0 for none." : $"{name} is {count}: from {from} is possible.");
        });
        return option;
    }

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

    /// <summary>Columns named by an option that no other option names: an outcome among the predictors would predict itself.</summary>
    /// <exception cref="CliException">A column is named twice, or by another option too.</exception>
    public static string[] Unused(ParseResult parse, Option<string[]> option, params string?[] used)
    {
        string[] named = Names(parse, option);
        if (named.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new CliException($"{option.Name}: column '{twice.Key}' is named {twice.Count()} times.", ExitCodes.Usage);
        return Array.Find(named, c => used.Contains(c)) is { } both
            ? throw new CliException($"{option.Name}: another option names column '{both}' too.", ExitCodes.Usage)
            : named;
    }

    /// <summary>Predictors: those named, or all columns that are neither excluded nor used otherwise.</summary>
    /// <exception cref="CliException">As for <see cref="Unused"/>, or an excluded column is not there.</exception>
    public static string[] Predictors(ParseResult parse, CsvTable table, Option<string[]> x, Option<string[]> exclude, params string?[] used)
    {
        string[] excluded = Names(parse, exclude), named = Unused(parse, x, [.. used, .. excluded]);
        foreach (string column in excluded.Where(c => !table.Has(c)))
            throw new CliException($"--exclude: there is no column '{column}'.", ExitCodes.Usage);
        return named.Length > 0 ? named : [.. table.Header.Where(h => !used.Contains(h) && !excluded.Contains(h))];
    }

    /// <summary>Whether an option stands on the command line.</summary>
    public static bool IsGiven(ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>Refuses options that would be ignored.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="why">Why they would be.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="CliException">One of them stands on the command line.</exception>
    public static void Refuse(ParseResult parse, string why, params Option[] options)
    {
        if (Array.Find(options, o => IsGiven(parse, o)) is { } ignored)
            throw new CliException($"{ignored.Name} {why}.", ExitCodes.Usage);
    }

    /// <summary>Fold of every row.</summary>
    /// <exception cref="CliException">A number is no fold (line named), a fold is empty, or there are too few or too many numbers.</exception>
    public static int[] ReadFolds(string? source, int count, ulong seed, CsvTable table, double[] y)
    {
        if (source is null)
            return StratifiedFolds.Create(y, count, seed);
        if (table.Has(source))
            return table.Folds(source);
        CsvTable file = CsvTable.Read(source);
        int[] folds = file.Folds(file.Has("foldid") ? "foldid" : file.Header[0]);
        return folds.Length == table.RowCount
            ? folds
            : throw new CliException($"{source} has {folds.Length} fold numbers for {table.RowCount} rows.");
    }
}
