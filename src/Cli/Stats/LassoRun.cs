using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Missing;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>Fits behind <c>hcc stats lasso</c> and their JSON.</summary>
internal sealed class LassoRun(DesignMatrix x, double[] y, LassoOptions options, int[] folds, IImputation? imputation, int threads)
{
    private const double StabilityThreshold = 0.9;

    /// <summary>Path and one cross-validation block per measure.</summary>
    public JsonObject Json(string[] measures, bool fixedLambda, CancellationToken ct)
    {
        JsonObject blocks = [];
        LassoPath? path = null;
        foreach (string measure in measures)
        {
            CrossValidationResult cv = CrossValidate(measure, options, ct);
            path ??= cv.Path;
            blocks[$"{measure}_default"] = Block(measure, cv);
            if (fixedLambda)
                blocks[$"{measure}_fixed_lambda"] = Block(measure, CrossValidate(measure, options with { Lambda = cv.Lambda }, ct));
        }
        JsonObject result = Head(path!);
        if (Remarks() is { Length: > 0 } remarks)
            result["remarks"] = Node(remarks);
        // Pooled over completed data sets, a path solves no problem of its own.
        if (imputation is null)
            result["kkt_violation_over_lambda"] = Node(KktViolation.OverLambda(path!, x, y, options));
        result["path"] = Path(path!);
        result["cv"] = blocks;
        return result;
    }

    /// <summary>Cross-validation averaged over several fold assignments.</summary>
    public JsonObject Repeated(string measure, int count, int repeats, ulong seed, CancellationToken ct)
    {
        RefuseImputation("--repeats");
        RepeatedCrossValidation cv = RepeatedCrossValidation.Run(x, y, count, repeats, seed, options, Loss(measure), threads: threads, cancellationToken: ct);
        return new()
        {
            ["requested_measure"] = measure, ["repeats"] = repeats, ["nfolds"] = count, ["lambda"] = Node(cv.Path.Lambda), ["cvm"] = Node(cv.MeanError), ["cvsd"] = Node(cv.StandardError),
            ["index_min"] = cv.IndexMin + 1, ["index_1se"] = cv.Index1Se + 1, ["lambda_min"] = cv.LambdaMin, ["lambda_1se"] = cv.Lambda1Se,
        };
    }

    /// <summary>Selection probabilities over random halves.</summary>
    public JsonObject Stability(int pairs, ulong seed, CancellationToken ct)
    {
        RefuseImputation("--stability");
        StabilitySelection selection = StabilitySelection.Run(x, y, pairs, seed, options, threads, cancellationToken: ct);
        return new()
        {
            ["pairs"] = pairs, ["lambda"] = Node(selection.Lambda), ["maximum_probability"] = Node(selection.MaximumProbability),
            ["mean_selected_per_half"] = selection.MeanSelectedPerHalf, ["threshold"] = StabilityThreshold,
            ["selected"] = Node(selection.Selected(StabilityThreshold).Select(j => x.ColumnNames![j])),
            ["false_selection_bound"] = Node(selection.FalseSelectionBound(StabilityThreshold)),
        };
    }

    private void RefuseImputation(string option)
    {
        if (imputation is not null)
            throw new CliException($"{option} needs complete predictors: leave out --impute.", ExitCodes.Usage);
    }

    private CrossValidationResult CrossValidate(string measure, LassoOptions settings, CancellationToken ct)
    {
        CrossValidationLoss loss = Loss(measure);
        return imputation is null
            ? LassoCrossValidation.Run(x, y, folds, settings, loss, threads, ct)
            : ImputedCrossValidation.Run(x, y, folds, imputation, settings, loss, threads, ct);
    }

    private static CrossValidationLoss Loss(string measure) => measure switch
    {
        "auc" => CrossValidationLoss.Auc,
        "class" => CrossValidationLoss.Misclassification,
        _ => CrossValidationLoss.Deviance,
    };

    private JsonObject Head(LassoPath path) => new()
    {
        ["kind"] = "lasso",
        ["n"] = x.RowCount,
        ["p"] = x.ColumnCount,
        ["positives"] = (int)y.Sum(),
        ["features"] = Node(x.ColumnNames!),
        ["settings"] = new JsonObject
        {
            ["family"] = "binomial", ["alpha"] = options.Alpha, ["nlambda"] = options.LambdaCount,
            ["lambda_min_ratio"] = options.LambdaMinRatio ?? (x.RowCount < x.ColumnCount ? 0.01 : 1e-4),
            ["standardize"] = options.Standardise, ["intercept"] = true, ["thresh"] = options.Tolerance, ["weights"] = options.Weights is not null,
            ["penalty_factor"] = Node(options.PenaltyFactors ?? [.. x.ColumnNames!.Select(_ => 1.0)]),
            ["lower_limits"] = Node(options.LowerLimits ?? [.. x.ColumnNames!.Select(_ => double.NegativeInfinity)]),
            ["upper_limits"] = Node(options.UpperLimits ?? [.. x.ColumnNames!.Select(_ => double.PositiveInfinity)]),
        },
        ["xm"] = Node(path.ColumnMeans),
        ["xs"] = Node(path.ColumnDeviations),
        ["sample_size"] = SampleSizeJson.Of(y, x.ColumnCount),
        ["lambda_max"] = path.Lambda[0],
        ["nulldev"] = path.NullDeviance,
    };

    /// <summary>What is particular about the columns: it does no harm, but who reads the coefficients should know.</summary>
    private string[] Remarks()
    {
        int[] all = [.. Enumerable.Range(0, x.ColumnCount)];
        int[] constant = [.. all.Where(j => x.Column(j).IndexOfAnyExcept(x.Column(j)[0]) < 0)];
        return
        [
            .. constant.Select(j => $"'{x.ColumnNames![j]}' is constant: its coefficient is 0."),
            .. all.Except(constant).GroupBy(j => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(x.Column(j))))).Where(g => g.Count() > 1)
                .Select(g => $"{string.Join(" and ", g.Select(j => $"'{x.ColumnNames![j]}'"))} are equal: any split of their coefficient is a solution."),
        ];
    }

    private static JsonObject Path(LassoPath path) => new()
    {
        ["lambda"] = Node(path.Lambda),
        ["a0"] = Node(path.Intercept),
        ["df"] = Node(path.Df),
        ["dev_ratio"] = Node(path.DevianceRatio),
        ["deviance"] = Node(path.DevianceRatio.Select(r => (1 - r) * path.NullDeviance)),
        ["end"] = path.End.ToString(),
        ["npasses"] = path.Passes,
        ["beta"] = Node(path.Coefficients.Select(c => (JsonNode?)Sparse(c))),
    };

    private JsonObject Block(string requested, CrossValidationResult cv)
    {
        double sign = cv.Loss == CrossValidationLoss.Auc ? -1 : 1;
        double best = sign * cv.MeanError[cv.IndexMin], bound = best + cv.StandardError[cv.IndexMin];
        return new()
        {
            ["requested_measure"] = requested,
            ["measure_used"] = cv.Loss switch { CrossValidationLoss.Auc => "auc", CrossValidationLoss.Misclassification => "class", _ => "deviance" },
            ["nfolds"] = folds.Max(),
            ["grouped"] = cv.IsGrouped,
            ["lambda"] = Node(cv.Lambda),
            ["cvm"] = Node(cv.MeanError),
            ["cvsd"] = Node(cv.StandardError),
            ["nzero"] = Node(cv.Path.Df),
            ["lambda_min"] = cv.LambdaMin,
            ["lambda_1se"] = cv.Lambda1Se,
            ["index_min"] = cv.IndexMin + 1,
            ["index_1se"] = cv.Index1Se + 1,
            ["index_min_ties"] = Node(Enumerable.Range(0, cv.MeanError.Length).Where(k => Math.Abs((sign * cv.MeanError[k]) - best) <= 1e-10).Select(k => k + 1)),
            ["margin_1se"] = Node(cv.MeanError.Min(m => Math.Abs((sign * m) - bound))),
            ["coef_min"] = Model(cv.Path, cv.IndexMin),
            ["coef_1se"] = Model(cv.Path, cv.Index1Se),
            ["fit_preval_at_min"] = Node(cv.OutOfFold[cv.IndexMin]),
            ["fit_preval_at_1se"] = Node(cv.OutOfFold[cv.Index1Se]),
        };
    }

    private JsonObject Model(LassoPath path, int index)
    {
        JsonObject model = Sparse(path.Coefficients[index]);
        model.Insert(0, "a0", path.Intercept[index]);
        model["names"] = Node(path.Coefficients[index].Columns.Select(j => x.ColumnNames![j]));
        return model;
    }

    private static JsonObject Sparse(SparseCoefficients c) => new() { ["j"] = Node(c.Columns.Select(j => j + 1)), ["v"] = Node(c.Values) };
}
