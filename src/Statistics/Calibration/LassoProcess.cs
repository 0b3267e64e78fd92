using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Calibration;

/// <summary>Which λ of a cross-validated path is kept.</summary>
public enum LambdaRule
{
    /// <summary>λ with the smallest cross-validated loss.</summary>
    Minimum,

    /// <summary>Largest λ within one standard error of it.</summary>
    OneStandardError,
}

/// <summary>The whole selection process of a LASSO model as a refit for <see cref="Optimism"/>, <see cref="CorrectedCalibration"/> and
/// <see cref="LeaveOneCentreOut"/>: stratified folds, cross-validated path, choice of λ and coefficients, all from the rows given.</summary>
/// <remarks>Copies of a row in a bootstrap resample share no fold assignment: as in cv.glmnet on resampled rows, a copy may be held out while
/// another trains, which makes the cross-validation inside a replicate optimistic but is the process a user would run.</remarks>
public static class LassoProcess
{
    /// <summary>Makes the refit.</summary>
    /// <param name="x">n×p predictors of all rows.</param>
    /// <param name="y">n outcomes, 1 or 0.</param>
    /// <param name="folds">Folds, at least 3.</param>
    /// <param name="rule">Which λ is kept.</param>
    /// <param name="seed">Seed of the folds; replicate b uses stream b.</param>
    /// <param name="options">How to fit; per-row settings (weights, offset) are not supported here.</param>
    /// <param name="loss">Loss of the cross-validation.</param>
    /// <returns>Rows and replicate number to the linear predictor of every row; safe to call from several threads.</returns>
    /// <exception cref="ArgumentException">Options hold per-row weights or an offset.</exception>
    public static Func<int[], int, double[]> Refit(
        DesignMatrix x,
        double[] y,
        int folds = 10,
        LambdaRule rule = LambdaRule.Minimum,
        ulong seed = 1,
        LassoOptions? options = null,
        CrossValidationLoss loss = CrossValidationLoss.Deviance)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (options?.Weights is not null || options?.Offset is not null)
            throw new ArgumentException("Weights and offsets of single rows cannot follow the rows into a resample.", nameof(options));
        return (rows, replicate) =>
        {
            DesignMatrix design = x.SelectRows(rows);
            double[] outcome = Array.ConvertAll(rows, i => y[i]);
            int[] foldId = StratifiedFolds.Create(outcome, folds, SplitMix64.Stream(seed, replicate).Next());
            CrossValidationResult result = LassoCrossValidation.Run(design, outcome, foldId, options, loss);
            return result.Path.LinearPredictorsAt(rule == LambdaRule.Minimum ? result.IndexMin : result.Index1Se, x);
        };
    }
}
