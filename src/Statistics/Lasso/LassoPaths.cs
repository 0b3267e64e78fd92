using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using HccPipeline.Statistics.Linear;

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
    /// <exception cref="UnusableDataException">A problem can't be fitted.</exception>
    public static LassoPath[] Fit(int count, Func<int, LassoProblem> problem, int threads, CancellationToken cancellationToken, Action? fitted = null)
    {
        LassoPath[] paths = new LassoPath[count];
        // Not the loop's own local state: that is made anew each time the loop moves to another task.
        ConcurrentBag<FitBuffers> free = [];
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, k =>
            {
                FitBuffers buffers = free.TryTake(out FitBuffers? used) ? used : new();
                paths[k] = LassoPathSolver.Fit(problem(k), buffers);
                free.Add(buffers);
                fitted?.Invoke();
            });
        }
        catch (AggregateException e) when (e.InnerException is UnusableDataException)
        {
            // The data are at fault, whichever fit says so.
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
        return paths;
    }
}
