using System.Collections.Frozen;
using System.Diagnostics;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Hands a brick to the worker of its kind and measures the time it takes.</summary>
internal sealed class BrickExecution(ProfileCatalog profiles, IEnumerable<IBrickWorker> workers)
{
    private readonly FrozenDictionary<string, IBrickWorker> _workers = workers.ToFrozenDictionary(w => w.Kind, StringComparer.Ordinal);

    /// <param name="key">The brick.</param>
    /// <param name="brick">The brick as stored.</param>
    /// <param name="computed">Called, if at all, when only storing is left.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="BrickRejectedException">The data can't give values, whoever tries.</exception>
    /// <exception cref="NotSupportedException">This program does not know the kind.</exception>
    public async Task<BrickOutcome> RunAsync(BrickKey key, BrickRow brick, Action computed, CancellationToken ct)
    {
        using Activity? span = FeatureTelemetry.Source.StartActivity("brick.extract");
        span?.SetTag("hcc.run_id", key.RunId).SetTag("hcc.brick_index", key.BrickIndex).SetTag("hcc.brick_kind", brick.Kind);
        if (!_workers.TryGetValue(brick.Kind, out IBrickWorker? worker))
            throw new NotSupportedException($"This version of the program does no bricks of kind '{brick.Kind}'.");
        HashedProfile profile = await profiles.GetAsync(brick.ProfileSha256, ct);
        long started = Stopwatch.GetTimestamp();
        BrickJob job = new(key, brick.Work, profile, computed);
        // A calculation that does not look at its cancellation is left to itself: the brick is handed back while there is time.
        BrickOutcome outcome = await Task.Run(() => worker.WorkAsync(job, ct), ct).WaitAsync(ct);
        return outcome with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
    }
}
