using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Nomogram;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats nomogram</c>: points per predictor, total points to probability.</summary>
internal static class NomogramCommand
{
    private const double MaxPoints = 100;
    private const int Cells = 10;

    private static readonly double[] Probabilities = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

    public static Command Create()
    {
        Option<string> data = StatsOptions.Data();
        Option<string?> outcome = new("--outcome") { Description = "Column with the outcome, 0 or 1; not needed with --coef.", HelpName = "COLUMN" };
        Option<string?> output = StatsOptions.Out();
        Option<string[]> x = StatsOptions.X(), exclude = StatsOptions.Exclude();
        Option<double[]> coef = StatsOptions.Numbers("--coef", "Intercept and coefficients of a model made elsewhere, in the order of --x (default: logistic regression on the data).");
        Command command = new(
            "nomogram",
            """
            The axes of a nomogram of a logistic model, and every patient's points and probability.

            Examples:
              hcc stats nomogram --data cohort.csv --outcome progression --x T2SIR ADC NLR --out nomogram.json
              hcc stats nomogram --data external.csv --x T2SIR ADC NLR --coef -1.2 0.9 -0.7 0.4
            """)
        {
            data, outcome, x, exclude, coef, output,
        };
        command.Does(output, (parse, _) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            string[] names = StatsOptions.Predictors(parse, table, x, exclude, parse.GetValue(outcome));
            DesignMatrix design = table.Design(names);
            double[] given = parse.GetValue(coef) ?? [];
            if (given.Length > 0 && given.Length != names.Length + 1)
                throw new CliException($"--coef: {given.Length} numbers for an intercept and {names.Length} predictors.", ExitCodes.Usage);
            if (given.Length == 0 && parse.GetValue(outcome) is null)
                throw new CliException("Give --outcome to fit a model, or --coef.", ExitCodes.Usage);
            return Result(design, given.Length > 0 ? given : LogisticRegression.Fit(design, table.Outcome(parse.GetValue(outcome)!)).Coefficients);
        });
        return command;
    }

    private static JsonObject Result(DesignMatrix x, double[] coef)
    {
        NomogramPredictor[] predictors = [.. x.ColumnNames!.Select((name, j) => new NomogramPredictor(name, coef[j + 1], Smallest(x, j), Largest(x, j)))];
        double[] lp = [.. Enumerable.Range(0, x.RowCount).Select(i => coef[0] + predictors.Select((p, j) => p.Coefficient * x[i, j]).Sum())];
        NomogramChart chart = NomogramChart.Build(coef[0], predictors, (lp.Min(), lp.Max()), MaxPoints, Cells);
        JsonObject axes = [], patients = [];
        for (int j = 0; j < chart.Axes.Length; j++)
        {
            NomogramAxis axis = chart.Axes[j];
            axes[axis.Name] = new JsonObject { ["value"] = Node(axis.Values), ["xbeta"] = Node(axis.LinearPredictor), ["points"] = Node(axis.Points) };
            patients[$"points_{axis.Name}"] = Node(x.Column(j).ToArray().Select(v => chart.Points(j, v)));
        }
        double[] total = [.. Enumerable.Range(0, x.RowCount).Select(i => chart.TotalPoints([.. predictors.Select((_, j) => x[i, j])]))];
        patients["total_points"] = Node(total);
        patients["probability"] = Node(total.Select(chart.Probability));
        return new()
        {
            ["kind"] = "nomogram",
            ["n"] = x.RowCount,
            ["coef"] = Node(coef),
            ["data_min"] = Node(predictors.Select(p => p.Minimum)),
            ["data_max"] = Node(predictors.Select(p => p.Maximum)),
            ["sc_points_per_lp_unit"] = chart.PointsPerLogit,
            ["xbeta_range"] = new JsonObject
            {
                ["names"] = Node(chart.Axes.Select(a => a.Name)), ["min"] = Node(chart.Axes.Select(a => a.LinearPredictor.Min())),
                ["max"] = Node(chart.Axes.Select(a => a.LinearPredictor.Max())),
            },
            ["lp_at_zero_points"] = chart.LinearPredictorAtZeroPoints,
            ["lp_ticks"] = Node(chart.LinearPredictorTicks),
            ["maxscale"] = MaxPoints,
            ["nint"] = Cells,
            ["predictors"] = axes,
            ["total_points_ticks"] = Node(chart.TotalPointsTicks),
            ["linear_predictor_axis"] = new JsonObject { ["total_points"] = Node(chart.LinearPredictorTickPoints), ["lp"] = Node(chart.LinearPredictorTicks) },
            ["probability_axis_exact"] = new JsonObject { ["probability"] = Node(Probabilities), ["total_points"] = Node(Probabilities.Select(chart.PointsAtProbability)) },
            ["total_points_to_probability"] = new JsonObject { ["total_points"] = Node(chart.TotalPointsTicks), ["probability"] = Node(chart.ProbabilityAtTotalPoints) },
            ["patients"] = patients,
        };
    }

    private static double Smallest(DesignMatrix x, int j) => x.Column(j).ToArray().Min();

    private static double Largest(DesignMatrix x, int j) => x.Column(j).ToArray().Max();
}
