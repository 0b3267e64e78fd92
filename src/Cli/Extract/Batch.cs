using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;

namespace HccPipeline.Cli.Extract;

/// <summary>Many cases at once. A case that can't be computed is an outcome with its reason; it never ends the batch.</summary>
internal static class Batch
{
    /// <summary>Runs the cases.</summary>
    /// <param name="cases">Cases.</param>
    /// <param name="profile">Profile.</param>
    /// <param name="threads">Threads: they take a case each, and where fewer cases than threads are left, parts of a case.</param>
    /// <param name="progress">Told after each case.</param>
    /// <param name="ct">Ends the batch between cases.</param>
    /// <returns>Outcomes in the order of the cases.</returns>
    public static async Task<IReadOnlyList<CaseOutcome>> RunAsync(
        IReadOnlyList<ExtractionCase> cases, HashedProfile profile, int threads, IProgress<StageProgress> progress, CancellationToken ct)
    {
        CaseOutcome[] outcomes = new CaseOutcome[cases.Count];
        int done = 0;
        progress.Report(new(0, cases.Count));
        ParallelOptions parallel = Workers.Options(threads, ct);
        await Parallel.ForAsync(0, cases.Count, parallel, (i, _) =>
        {
            // While every thread has a case of its own, parts would only wait for each other.
            bool isAmongLast = i >= cases.Count - threads;
            outcomes[i] = Run(cases[i], profile, isAmongLast ? parallel : null, ct);
            progress.Report(new(Interlocked.Increment(ref done), cases.Count));
            return ValueTask.CompletedTask;
        });
        return outcomes;
    }

    private static CaseOutcome Run(ExtractionCase one, HashedProfile profile, ParallelOptions? parallel, CancellationToken ct)
    {
        try
        {
            ExtractionResult result = StandaloneExtraction.Run(one, profile, parallel);
            return new(one.Name, one.Image, one.Mask, result.Provenance.Label, null, result.Features, result.Provenance);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)   // whatever it is, the other cases go on
        {
            return new(one.Name, one.Image, one.Mask, one.Label, e.Message, null, null);
        }
    }
}
