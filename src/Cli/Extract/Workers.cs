namespace HccPipeline.Cli.Extract;

/// <summary>The threads of one command.</summary>
internal static class Workers
{
    /// <summary>So many threads for a loop and all the loops inside it together: one scheduler serves them all.</summary>
    public static ParallelOptions Options(int threads, CancellationToken ct) => new()
    {
        MaxDegreeOfParallelism = threads,
        TaskScheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler,
        CancellationToken = ct,
    };

    /// <summary>Runs work on one of the threads; the loops inside it may use the others.</summary>
    public static Task<T> RunAsync<T>(ParallelOptions parallel, Func<T> work) =>
        Task.Factory.StartNew(work, parallel.CancellationToken, TaskCreationOptions.None, parallel.TaskScheduler!);
}
