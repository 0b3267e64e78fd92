namespace HccPipeline.Statistics.Lasso;

/// <summary>Fits many paths on several threads.</summary>
internal static class LassoPaths
{
    /// <summary>Fits problems 0 … count − 1; the order of the results is that of the problems.</summary>
    /// <param name="count">Number of problems.</param>
    /// <param name="problem">Makes one problem, when its turn comes.</param>
    /// <param name="threads">Most threads used at once.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    /// <param name="fitted">Called after each fit, from several threads.</param>
    public static LassoPath[] Fit(int count, Func<int, LassoProblem> problem, int threads, CancellationToken cancellationToken, Action? fitted = null)
    {
        LassoPath[] paths = new LassoPath[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            localInit: () => new FitBuffers(),
            body: (k, _, buffers) =>
            {
                paths[k] = LassoPathSolver.Fit(problem(k), buffers);
                fitted?.Invoke();
                return buffers;
            },
            localFinally: _ => { });
        return paths;
    }
}
