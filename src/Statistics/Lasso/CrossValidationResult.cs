namespace HccPipeline.Statistics.Lasso;

/// <summary>The cross-validated loss along a path, and the two customary choices of λ.</summary>
public sealed class CrossValidationResult
{
    /// <summary>The path fitted to all rows.</summary>
    public required LassoPath Path { get; init; }

    /// <summary>What was measured. Deviance replaces the AUC when folds have fewer than ten rows on average, as in cv.glmnet.</summary>
    public required CrossValidationLoss Loss { get; init; }

    /// <summary>Mean loss at each λ of <see cref="Path"/>: folds weighted by their observation weights (glmnet's cvm).</summary>
    public required double[] MeanError { get; init; }

    /// <summary>Standard error of the mean loss at each λ (glmnet's cvsd), from the spread between folds or rows; see <see cref="IsGrouped"/>.</summary>
    public required double[] StandardError { get; init; }

    /// <summary>Whether the spread is that between the K folds, divisor K − 1. With fewer than three rows in a fold, on average, it is that
    /// between the n rows, divisor n − 1, as cv.glmnet enforces; the AUC, which a row does not have, is always that of folds.</summary>
    public required bool IsGrouped { get; init; }

    /// <summary>0-based index of the largest λ with the best mean loss.</summary>
    public required int IndexMin { get; init; }

    /// <summary>0-based index of the largest λ whose mean loss is within one standard error of the best.</summary>
    public required int Index1Se { get; init; }

    /// <summary>For each λ, the linear predictor of every row (offset included) by the model of the folds without it.
    /// Computed when asked for: keep what is needed more than once.</summary>
    public required IReadOnlyList<double[]> OutOfFold { get; init; }

    /// <summary>λ, decreasing.</summary>
    public double[] Lambda => Path.Lambda;

    /// <summary>λ at <see cref="IndexMin"/>.</summary>
    public double LambdaMin => Path.Lambda[IndexMin];

    /// <summary>λ at <see cref="Index1Se"/>.</summary>
    public double Lambda1Se => Path.Lambda[Index1Se];
}
