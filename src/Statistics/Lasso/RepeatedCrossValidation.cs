using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Cross-validation averaged over several random stratified fold assignments.</summary>
/// <param name="Path">The path fitted to all rows.</param>
/// <param name="MeanError">Mean over the repeats of the mean loss at each λ.</param>
/// <param name="StandardError">Mean over the repeats of the standard error at each λ. Not divided by √repeats: the repeats
/// share their rows, so they do not make the estimate that much more certain.</param>
/// <param name="IndexMin">0-based index of the largest λ with the best mean loss.</param>
/// <param name="Index1Se">0-based index of the largest λ whose mean loss is within one standard error of the best.</param>
/// <param name="Repeats">Each repeat by itself.</param>
public sealed record RepeatedCrossValidation(LassoPath Path, double[] MeanError, double[] StandardError, int IndexMin, int Index1Se,
    CrossValidationResult[] Repeats)
{
    /// <summary>λ at <see cref="IndexMin"/>.</summary>
    public double LambdaMin => Path.Lambda[IndexMin];

    /// <summary>λ at <see cref="Index1Se"/>.</summary>
    public double Lambda1Se => Path.Lambda[Index1Se];

    /// <summary>Runs <paramref name="repeats"/> cross-validations with different stratified folds.</summary>
    /// <param name="x">n×p predictors.</param>
    /// <param name="y">n outcomes, 0 or 1.</param>
    /// <param name="folds">Folds per repeat, ≥ 3.</param>
    /// <param name="repeats">Number of repeats, ≥ 1.</param>
    /// <param name="seed">Seed of the assignments; repeat r has its own stream.</param>
    /// <param name="options">How to fit; null: defaults.</param>
    /// <param name="loss">What to measure.</param>
    /// <param name="threads">Most threads used at once; the results are the same bits for any number.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    /// <exception cref="UnusableDataException">As <see cref="LassoCrossValidation.Run"/>.</exception>
    public static RepeatedCrossValidation Run(DesignMatrix x, ReadOnlySpan<double> y, int folds, int repeats, ulong seed,
        LassoOptions? options = null, CrossValidationLoss loss = CrossValidationLoss.Deviance, int threads = 1,
        CancellationToken cancellationToken = default)
    {
        options ??= LassoOptions.Default;
        LassoValidation.Require(x, y, options);
        if (repeats < 1) throw new UnusableDataException($"{repeats} repeats: at least one is needed.");
        double[] outcome = y.ToArray();
        int[][] assignments = new int[repeats][];
        CrossValidationLoss[] losses = new CrossValidationLoss[repeats];
        for (int r = 0; r < repeats; r++)
        {
            assignments[r] = StratifiedFolds.Create(outcome, folds, SplitMix64.Stream(seed, r).Next());
            losses[r] = FoldAssignment.LossFor(loss, assignments[r], outcome,
                FoldAssignment.Validate(assignments[r], outcome, options.Weights), options.Weights);
        }
        LassoPath full = LassoPathSolver.Fit(LassoProblem.Create(x, outcome, options));
        LassoPath[] paths = LassoPaths.Fit(repeats * folds,
            k => LassoProblem.Create(x, outcome, options, assignments[k / folds], heldOut: (k % folds) + 1), threads, cancellationToken);

        CrossValidationResult[] results = new CrossValidationResult[repeats];
        double[] mean = new double[full.Lambda.Length], standardError = new double[full.Lambda.Length];
        for (int r = 0; r < repeats; r++)
        {
            results[r] = LassoCrossValidation.Summarise(x, outcome, assignments[r], options, losses[r], full, paths[(r * folds)..((r + 1) * folds)], threads);
            for (int k = 0; k < mean.Length; k++)
            {
                mean[k] += results[r].MeanError[k] / repeats;
                standardError[k] += results[r].StandardError[k] / repeats;
            }
        }
        (int min, int oneSe) = LambdaChoice.Choose(mean, standardError, largerIsBetter: losses[0] == CrossValidationLoss.Auc);
        return new RepeatedCrossValidation(full, mean, standardError, min, oneSe, results);
    }
}
