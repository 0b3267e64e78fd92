using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats table1</c>: baseline comparison of two groups.</summary>
internal static class Table1Command
{
    private const int MostCategories = 10;

    public static Command Create()
    {
        Option<string> data = StatsOptions.Data(), outcome = StatsOptions.Outcome();
        Option<string?> output = StatsOptions.Out();
        Option<string[]> x = StatsOptions.Columns("--x", "Variables (default: all other columns).");
        Option<string[]> exclude = StatsOptions.Exclude();
        Option<string[]> categorical = StatsOptions.Columns("--categorical", "Numeric variables that are categories (default: those with values 0 and 1 only; text always is).");
        Option<string[]> labels = StatsOptions.Columns("--labels", "Names of the groups with outcome 0 and 1.");
        labels.HelpName = "NAME";
        Option<ulong> seed = StatsOptions.Seed();
        Command command = new(
            "table1",
            """
            Describes each variable in both groups and tests the difference: normal variables by Welch's t-test, others by Mann-Whitney,
            categories by chi-squared or Fisher's test, with standardised mean differences. Fisher's p-value is exact, or simulated with its
            standard error where the tables with the same margins are too many. A row with a missing value is left out of that
            variable only.

            Examples:
              hcc stats table1 --data cohort.csv --outcome progression --exclude id --labels control progression --out table1.json
              hcc stats table1 --data cohort.csv --outcome y --x age sex stage --categorical stage
            """)
        {
            data, outcome, x, exclude, categorical, labels, seed, output,
        };
        command.Does(output, (parse, ct) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            double[] group = table.Outcome(parse.GetRequiredValue(outcome));
            string[] names = StatsOptions.Predictors(parse, table, x, exclude, parse.GetRequiredValue(outcome)), named = StatsOptions.Names(parse, labels);
            if (named.Length is not (0 or 2))
                throw new CliException($"--labels: {named.Length} names for two groups.", ExitCodes.Usage);
            (string Zero, string One) groups = named.Length == 2 ? (named[0], named[1]) : ("group0", "group1");
            string[] asCategories = StatsOptions.Names(parse, categorical);
            JsonObject rows = [], tests = [];
            foreach (string name in names)
            {
                Table1Variable variable = Table1Variable.Of(table, name, group, asCategories.Contains(name));
                if (variable.Labels is { Length: > MostCategories })
                    throw new CliException($"Column '{name}' has {variable.Labels.Length} different texts: leave it out with --exclude.");
                rows[name] = variable.Row(groups, parse.GetValue(seed), ct);
                tests[name] = variable.Tests(parse.GetValue(seed), ct);
            }
            return new JsonObject
            {
                ["kind"] = "table1", ["n"] = table.RowCount, [$"n_{groups.Zero}"] = group.Count(g => g == 0), [$"n_{groups.One}"] = group.Count(g => g == 1),
                ["table1"] = rows, ["tests"] = tests,
            };
        });
        return command;
    }
}
