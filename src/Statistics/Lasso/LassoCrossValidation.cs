using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>K-fold cross-validation of a penalised logistic path.</summary>
public static class LassoCrossValidation
{
    /// <summary>With fewer rows than this in a fold, on average, the losses of the folds say too little: the rows are taken one by one.</summary>
    private const double FewestRowsPerGroup = 3;

    /// <summary>Fits the path to all rows and to all rows but one fold in turn, and measures the loss on the fold left out.</summary>
    /// <param name="x">n×p predictors.</param>
    /// <param name="y">n outcomes, 0 or 1.</param>
    /// <param name="foldId">n fold numbers 1…K, K ≥ 3 as in cv.glmnet; see <see cref="StratifiedFolds"/>.</param>
    /// <param name="options">How to fit; null: defaults. Without <see cref="LassoOptions.Lambda"/> each fold has its own λ
    /// sequence and linear predictors are interpolated linearly in λ; with it, each fold is solved at exactly those λ.</param>
    /// <param name="loss">What to measure.</param>
    /// <param name="threads">Most threads used at once; the results are the same bits for any number.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    /// <exception cref="UnusableDataException">Data that cannot be fitted; a fold number out of range, an empty fold, a fold
    /// without which one class is missing, or, for the AUC, a fold with one class only.</exception>
    /// <remarks>Source: Friedman, Hastie, Tibshirani (2010), J Stat Softw 33(1); conventions of cv.glmnet 4.1: grouped, but where n/K &lt; 3,
    /// as enforced there.</remarks>
    public static CrossValidationResult Run(DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<int> foldId,
        LassoOptions? options = null, CrossValidationLoss loss = CrossValidationLoss.Deviance, int threads = 1,
        CancellationToken cancellationToken = default)
    {
        options ??= LassoOptions.Default;
        LassoValidation.Require(x, y, options);
        double[] outcome = y.ToArray();
        int[] folds = foldId.ToArray();
        int count = FoldAssignment.Validate(folds, outcome, options.Weights);
        loss = FoldAssignment.LossFor(loss, folds, outcome, count, options.Weights);

        // The fit to all rows is task 0: it is the longest, so it starts first.
        LassoPath[] paths = LassoPaths.Fit(count + 1,
            k => k == 0 ? LassoProblem.Create(x, outcome, options) : LassoProblem.Create(x, outcome, options, folds, heldOut: k),
            threads, cancellationToken);
        return Summarise(x, outcome, folds, options, loss, paths[0], paths[1..], threads);
    }

    /// <summary>The same for who needs nothing but the choice of λ: the paths are followed together until the mean loss has risen by more than a
    /// standard error above its smallest. Where the loss falls and then rises, as it does with many rows, λ.min and λ.1se and all before
    /// them are those of <see cref="Run"/>, to the bit; the costly end of the paths, with most columns in the model, is not fitted.</summary>
    /// <param name="x">n×p predictors.</param>
    /// <param name="y">n outcomes, 0 or 1.</param>
    /// <param name="foldId">n fold numbers 1…K.</param>
    /// <param name="options">How to fit; null: defaults.</param>
    /// <param name="loss">What to measure.</param>
    /// <param name="threads">Most threads used at once; the results are the same bits for any number.</param>
    /// <param name="workspace">Arrays of the cross-validation before, used again; null: new ones.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    /// <exception cref="UnusableDataException">As <see cref="Run"/>.</exception>
    public static CrossValidationResult RunToMinimum(DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<int> foldId,
        LassoOptions? options = null, CrossValidationLoss loss = CrossValidationLoss.Deviance, int threads = 1,
        LassoWorkspace? workspace = null, CancellationToken cancellationToken = default)
    {
        options ??= LassoOptions.Default;
        LassoValidation.Require(x, y, options);
        double[] outcome = y.ToArray();
        int[] folds = foldId.ToArray();
        int count = FoldAssignment.Validate(folds, outcome, options.Weights);
        loss = FoldAssignment.LossFor(loss, folds, outcome, count, options.Weights);
        FoldLoss[][] losses = [.. Enumerable.Repeat(Array.Empty<FoldLoss>(), count)];
        return PathsToMinimum.Run(count,
            k => k == 0 ? LassoProblem.Create(x, outcome, options) : LassoProblem.Create(x, outcome, options, folds, heldOut: k),
            (full, held) => Summarise(x, outcome, folds, options, loss, full, held, threads, losses),
            (workspace ?? new()).Take(count + 1), threads, cancellationToken);
    }

    /// <summary>Losses of the folds' paths on the rows they have not seen.</summary>
    /// <param name="x">Predictors.</param>
    /// <param name="y">Outcomes.</param>
    /// <param name="folds">Folds.</param>
    /// <param name="options">How the paths were fitted.</param>
    /// <param name="loss">What to measure.</param>
    /// <param name="full">Path of all rows.</param>
    /// <param name="foldPaths">Paths without each fold.</param>
    /// <param name="threads">Most threads used at once.</param>
    /// <param name="error">Losses of each fold at the λ that were measured before, when the paths were shorter; those of all λ when it
    /// returns.</param>
    internal static CrossValidationResult Summarise(DesignMatrix x, double[] y, int[] folds, LassoOptions options,
        CrossValidationLoss loss, LassoPath full, LassoPath[] foldPaths, int threads = 1, FoldLoss[][]? error = null)
    {
        bool isExact = options.Lambda is not null;
        HeldOutRows[] held = new HeldOutRows[foldPaths.Length];
        error ??= [.. Enumerable.Repeat(Array.Empty<FoldLoss>(), held.Length)];
        Parallel.For(0, held.Length, new ParallelOptions { MaxDegreeOfParallelism = threads },
            localInit: () => new FitBuffers(),
            body: (fold, _, buffers) =>
            {
                held[fold] = HeldOutRows.Select(x, y, folds, fold + 1, options);
                HeldOutPredictors predictors = new(held[fold], foldPaths[fold], buffers);
                FoldLoss[] losses = error[fold];
                int known = losses.Length;
                Array.Resize(ref losses, full.Lambda.Length);
                for (int k = known; k < losses.Length; k++)
                    losses[k] = Loss(loss, held[fold], isExact ? predictors.AtPoint(k) : predictors.At(full.Lambda[k]));
                error[fold] = losses;
                buffers.Reclaim();
                return buffers;
            },
            localFinally: _ => { });
        return Summarise(loss, full, held, error, new OutOfFoldPredictors(held, foldPaths, full.Lambda, isExact));
    }

    /// <summary>Losses of given linear predictors [fold][λ][row of the fold].</summary>
    internal static CrossValidationResult Summarise(CrossValidationLoss loss, LassoPath full, HeldOutRows[] held, double[][][] predictors)
    {
        double[][] outOfFold = new double[full.Lambda.Length][];
        for (int k = 0; k < outOfFold.Length; k++)
        {
            outOfFold[k] = new double[held.Sum(h => h.Rows.Length)];
            for (int fold = 0; fold < held.Length; fold++)
                for (int i = 0; i < held[fold].Rows.Length; i++) outOfFold[k][held[fold].Rows[i]] = predictors[fold][k][i];
        }
        return Summarise(loss, full, held, [.. held.Select((rows, fold) => Array.ConvertAll(predictors[fold], eta => Loss(loss, rows, eta)))], outOfFold);
    }

    private static CrossValidationResult Summarise(
        CrossValidationLoss loss, LassoPath full, HeldOutRows[] held, FoldLoss[][] error, IReadOnlyList<double[]> outOfFold)
    {
        int rows = held.Sum(h => h.Rows.Length);
        bool isGrouped = loss == CrossValidationLoss.Auc || (double)rows / held.Length >= FewestRowsPerGroup;
        (double[] mean, double[] standardError) = AcrossFolds(error, Array.ConvertAll(held, h => h.TotalWeight), isGrouped ? null : rows);
        (int min, int oneSe) = LambdaChoice.Choose(mean, standardError, largerIsBetter: loss == CrossValidationLoss.Auc);
        return new CrossValidationResult
        {
            Path = full, Loss = loss, MeanError = mean, StandardError = standardError, IsGrouped = isGrouped,
            IndexMin = min, Index1Se = oneSe, OutOfFold = outOfFold,
        };
    }

    private static FoldLoss Loss(CrossValidationLoss loss, HeldOutRows held, ReadOnlySpan<double> eta) =>
        FoldLoss.Of(loss, eta, held.Outcome, held.Weights);

    // With a number of rows the spread is that of the rows, within and between the folds, else that between the folds.
    private static (double[] Mean, double[] StandardError) AcrossFolds(FoldLoss[][] error, double[] foldWeight, int? rows)
    {
        int folds = error.Length, points = error[0].Length;
        double total = foldWeight.Sum();
        double[] mean = new double[points], standardError = new double[points];
        for (int k = 0; k < points; k++)
        {
            double sum = 0, squares = 0;
            for (int f = 0; f < folds; f++) sum += foldWeight[f] * error[f][k].Mean;
            mean[k] = sum / total;
            for (int f = 0; f < folds; f++)
            {
                double distance = error[f][k].Mean - mean[k];
                squares += foldWeight[f] * ((distance * distance) + (rows is null ? 0 : error[f][k].Variance));
            }
            standardError[k] = Math.Sqrt(squares / total / ((rows ?? folds) - 1));
        }
        return (mean, standardError);
    }
}
