namespace HccPipeline.Statistics.Lasso;

/// <summary>Follows the paths of a cross-validation side by side until the loss has passed its smallest value.</summary>
internal static class PathsToMinimum
{
    /// <summary>Points between two looks at the loss.</summary>
    private const int Stride = 3;

    /// <summary>Points behind the smallest loss before it counts as passed.</summary>
    private const int PointsBehind = 4;

    /// <summary>Follows the path of all rows and those of the folds.</summary>
    /// <param name="folds">Number of folds.</param>
    /// <param name="problem">Makes a problem: 0 is that of all rows, k that without fold k.</param>
    /// <param name="summarise">Losses of the paths so far.</param>
    /// <param name="buffers">Arrays for each problem.</param>
    /// <param name="threads">Most threads used at once.</param>
    /// <param name="ct">Stops between fits.</param>
    public static CrossValidationResult Run(
        int folds, Func<int, LassoProblem> problem, Func<LassoPath, LassoPath[], CrossValidationResult> summarise,
        FitBuffers[] buffers, int threads, CancellationToken ct)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = ct };
        LassoPathSolver full = new(problem(0), buffers[0]);
        LassoPathSolver[] held = new LassoPathSolver[folds];
        Parallel.For(0, folds, parallel, k => held[k] = new LassoPathSolver(problem(k + 1), buffers[k + 1]));
        LassoPath[] heldPaths = new LassoPath[folds];
        for (int points = Stride; ; points += Stride)
        {
            LassoPath path = full.Follow(points);
            // A fold has λ of its own: it has to reach down to the last of all rows, between two of its own.
            Parallel.For(0, folds, parallel, k => heldPaths[k] = held[k].Follow(lambda: path.Lambda[^1]));
            CrossValidationResult result = summarise(path, heldPaths);
            if (path.End != PathEnd.Paused || HasPassed(result)) return result;
        }
    }

    private static bool HasPassed(CrossValidationResult result)
    {
        double sign = result.Loss == CrossValidationLoss.Auc ? -1 : 1;
        int min = result.IndexMin;
        return result.MeanError.Length > min + PointsBehind && sign * (result.MeanError[^1] - result.MeanError[min]) > result.StandardError[min];
    }
}
