using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Missing;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats lasso</c>: path and cross-validation as glmnet and cv.glmnet.</summary>
internal static class LassoCommand
{
    private const int ImputedDataSets = 5;

    public static Command Create()
    {
        Option<string> data = StatsOptions.Data(), outcome = StatsOptions.Outcome();
        Option<string?> output = StatsOptions.Out(), weights = StatsOptions.Weights(), offset = StatsOptions.Offset(), folds = StatsOptions.Folds();
        Option<string[]> x = StatsOptions.X(), exclude = StatsOptions.Exclude();
        Option<int> foldCount = StatsOptions.FoldCount();
        Option<ulong> seed = StatsOptions.Seed();
        Option<double> alpha = new("--alpha") { Description = "1 is the LASSO, 0 ridge, between them the elastic net.", HelpName = "A", DefaultValueFactory = _ => 1 };
        Option<string[]> penalty = PerPredictor.Option("--penalty-factor", "One number per predictor, or COLUMN=NUMBER for those that differ from 1; 0 leaves a predictor unpenalised.");
        Option<string[]> lower = PerPredictor.Option("--lower-limits", "Smallest coefficients: a number for all, one per predictor, or COLUMN=NUMBER; not above 0.");
        Option<string[]> upper = PerPredictor.Option("--upper-limits", "Largest coefficients, likewise; not below 0.");
        Option<double[]> lambda = StatsOptions.Numbers("--lambda", "Penalties to use as they are (default: glmnet's sequence).");
        Option<int> lambdaCount = StatsOptions.Count("--nlambda", "Length of the automatic sequence.", "N", from: 1, byDefault: 100);
        Option<double?> lambdaRatio = new("--lambda-min-ratio") { Description = "Smallest over largest penalty (default: 0.01 with fewer rows than predictors, else 0.0001).", HelpName = "R" };
        Option<double> thresh = new("--thresh") { Description = "Convergence, as in glmnet.", HelpName = "T", DefaultValueFactory = _ => LassoOptions.Default.Tolerance };
        Option<bool> raw = new("--no-standardize") { Description = "Penalise coefficients on the scale of the data." };
        Option<string[]> measure = StatsOptions.Columns("--measure", "deviance, auc or class; several give one block each.");
        measure.HelpName = "NAME";
        measure.AcceptOnlyFromAmong("deviance", "auc", "class");
        Option<bool> fixedLambda = new("--fixed-lambda") { Description = "Also solve every fold exactly at the penalties of the whole data." };
        Option<int> repeats = StatsOptions.Count("--repeats", "Also average R cross-validations with different folds, by the first measure.", "R", from: 1, byDefault: 0);
        Option<int> stability = StatsOptions.Count("--stability", "Also run stability selection on N pairs of halves.", "N", from: 1, byDefault: 0);
        Option<string> impute = new("--impute") { Description = "What to do about missing predictors; imputation happens inside the folds.", DefaultValueFactory = _ => "refuse" };
        impute.AcceptOnlyFromAmong("refuse", "median", "multiple");
        Option<int> threads = StatsOptions.Threads();
        Command command = new(
            "lasso",
            """
            Logistic regression with an elastic-net penalty: the whole path and its cross-validation, glmnet's conventions.

            Examples:
              hcc stats lasso --data cohort.csv --outcome progression --exclude id --out lasso.json
              hcc stats lasso --data cohort.csv --outcome y --x T2SIR ADC NLR --folds foldid --measure deviance auc
              hcc stats lasso --data cohort.csv --outcome y --alpha 0.5 --penalty-factor age=0 --lower-limits NLR=0 --seed 7
            """)
        {
            data, outcome, x, exclude, output, folds, foldCount, measure, fixedLambda, repeats, stability, weights, offset, penalty, lower, upper,
            alpha, lambda, lambdaCount, lambdaRatio, thresh, raw, impute, seed, threads,
        };
        command.Does(output, (parse, ct) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            double[] y = table.OutcomeForFolds(parse.GetRequiredValue(outcome));
            string? foldSource = parse.GetValue(folds);
            if (foldSource is not null)
                StatsOptions.Refuse(parse, "draws folds: leave it or --folds out", repeats, foldCount);
            string[] names = StatsOptions.Predictors(parse, table, x, exclude, parse.GetRequiredValue(outcome), parse.GetValue(weights), parse.GetValue(offset), foldSource);
            IImputation? imputation = parse.GetRequiredValue(impute) switch
            {
                "median" => new MedianImputation(),
                "multiple" => new ChainedImputation(ImputedDataSets, parse.GetValue(seed)),
                _ => null,
            };
            DesignMatrix design = table.Design(names, allowMissing: imputation is not null);
            LassoOptions options = new()
            {
                Alpha = parse.GetValue(alpha),
                LambdaCount = parse.GetValue(lambdaCount),
                LambdaMinRatio = parse.GetValue(lambdaRatio),
                Lambda = parse.GetValue(lambda) is { Length: > 0 } given ? given : null,
                Weights = parse.GetValue(weights) is { } w ? table.Weights(w) : null,
                Offset = parse.GetValue(offset) is { } o ? table.Numbers(o) : null,
                PenaltyFactors = PerPredictor.Read(parse, penalty, names, rest: 1),
                LowerLimits = PerPredictor.Read(parse, lower, names, rest: double.NegativeInfinity),
                UpperLimits = PerPredictor.Read(parse, upper, names, rest: double.PositiveInfinity),
                Standardise = !parse.GetValue(raw),
                Tolerance = parse.GetValue(thresh),
            };
            LassoRun run = new(design, y, options, StatsOptions.ReadFolds(foldSource, parse.GetValue(foldCount), parse.GetValue(seed), table, y), imputation, parse.GetValue(threads));
            string[] measures = StatsOptions.Names(parse, measure);
            if (measures.Length == 0)
                measures = ["deviance"];
            JsonObject result = run.Json(measures, parse.GetValue(fixedLambda), ct);
            if (parse.GetValue(repeats) is > 0 and int times)
                result["cv_repeated"] = run.Repeated(measures[0], parse.GetValue(foldCount), times, parse.GetValue(seed), ct);
            if (parse.GetValue(stability) is > 0 and int pairs)
                result["stability"] = run.Stability(pairs, parse.GetValue(seed), ct);
            return result;
        });
        return command;
    }
}
