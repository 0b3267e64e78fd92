using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Calibration;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats calibration</c>: calibration of predicted probabilities, and optimism of the process that makes a model.</summary>
internal static class CalibrationCommand
{
    public static Command Create()
    {
        Option<string> data = StatsOptions.Data(), outcome = StatsOptions.Outcome();
        Option<string?> output = StatsOptions.Out();
        Option<string?> probability = new("--p") { Description = "Column with predicted probabilities, strictly between 0 and 1.", HelpName = "COLUMN" };
        Option<string[]> x = StatsOptions.Columns("--x", "Predictors of the model whose optimism is wanted.");
        Option<string> process = new("--process") { Description = "How that model is made: logistic regression on all of --x, or LASSO with its cross-validation inside each replicate.", DefaultValueFactory = _ => "logistic" };
        process.AcceptOnlyFromAmong("logistic", "lasso");
        Option<int> folds = StatsOptions.FoldCount("Stratified folds of the LASSO inside each replicate, drawn with --seed."), bootstrap = StatsOptions.Bootstrap("Bootstrap replicates of the whole process.");
        Option<string?> resamples = new("--resamples") { Description = "Rows of each replicate instead of random ones: one column a replicate, 1-based row numbers.", HelpName = "FILE" };
        Option<string?> centre = new("--centre") { Description = "Column with the centre: each is predicted by a model made without it.", HelpName = "COLUMN" };
        Option<ulong> seed = StatsOptions.Seed();
        Command command = new(
            "calibration",
            """
            Brier score, calibration in the large, intercept and slope, Hosmer-Lemeshow, val.prob indexes, lowess and loess curves of predicted
            probabilities; bootstrap optimism and leave-one-centre-out of the whole process that makes a model.

            Examples:
              hcc stats calibration --data predictions.csv --outcome progression --p p_combined --out calibration.json
              hcc stats calibration --data cohort.csv --outcome y --x T2SIR ADC NLR --bootstrap 1000 --seed 1
              hcc stats calibration --data cohort.csv --outcome y --x T2SIR ADC NLR age --process lasso --bootstrap 1000 --centre center
            """)
        {
            data, outcome, probability, x, process, folds, bootstrap, resamples, centre, seed, output,
        };
        command.Does(output, (parse, ct) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            double[] y = table.Outcome(parse.GetRequiredValue(outcome));
            string[] names = StatsOptions.Unused(parse, x, parse.GetRequiredValue(outcome), parse.GetValue(centre));
            if (parse.GetValue(probability) is null && names.Length == 0)
                throw new CliException("Give --p for the calibration of probabilities, --x for the optimism of a process, or both.", ExitCodes.Usage);
            JsonObject result = new() { ["kind"] = "calibration", ["n"] = table.RowCount, ["events"] = (int)y.Sum() };
            if (parse.GetValue(probability) is { } column)
            {
                double[] p = table.Numbers(column);
                int row = Array.FindIndex(p, v => v is <= 0 or >= 1);
                if (row >= 0)
                    throw table.Bad(row, column, "a probability lies strictly between 0 and 1");
                CalibrationJson.AddCurves(result, p, y);
            }
            if (names.Length == 0)
            {
                StatsOptions.Refuse(parse, "needs the predictors of the process: name them with --x", process, folds, bootstrap, resamples, centre);
                return result;
            }
            ModellingProcess model = new(table.Design(names), y, parse.GetRequiredValue(process) == "lasso", parse.GetValue(folds), parse.GetValue(seed));
            if (parse.GetValue(resamples) is { } file)
                result["bootstrap_own"] = Optimism(model, Optimisms(model, Resamples(file, table.RowCount), ct));
            else if (parse.GetValue(bootstrap) is > 0 and int replicates)
                result["bootstrap_own"] = Optimism(model, Bootstrap(model, replicates, parse.GetValue(seed), ct));
            if (parse.GetValue(centre) is { } where)
                result["leave_one_centre_out"] = CalibrationJson.Centres(LeaveOneCentreOut.Evaluate(y, Groups.Of(table, where).Codes, rows => model.Refit(rows, -1)), Groups.Of(table, where).Labels);
            return result;
        });
        return command;
    }

    private static JsonObject Optimism(ModellingProcess model, Optimism optimism)
    {
        JsonObject json = CalibrationJson.Optimism(optimism);
        json["process"] = model.Name;
        if (model.Coefficients() is { } coefficients)
            json["model_coef"] = Node(coefficients);
        return json;
    }

    private static Optimism Optimisms(ModellingProcess model, int[][] rows, CancellationToken ct) =>
        Statistics.Calibration.Optimism.OnResamples(model.Y, model.Refit, rows, ct);

    private static Optimism Bootstrap(ModellingProcess model, int replicates, ulong seed, CancellationToken ct)
    {
        using ReplicateCounter progress = new(replicates);
        return Statistics.Calibration.Optimism.Bootstrap(model.Y, model.Refit, replicates, seed, progress, cancellation: ct);
    }

    private static int[][] Resamples(string path, int rows)
    {
        CsvTable file = CsvTable.Read(path);
        return [.. file.Header.Select(column =>
        {
            int[] drawn = file.Integers(column);
            int bad = Array.FindIndex(drawn, r => r < 1 || r > rows);
            return bad < 0 ? Array.ConvertAll(drawn, r => r - 1) : throw file.Bad(bad, column, $"there is no row {drawn[bad]} among {rows}");
        })];
    }
}
