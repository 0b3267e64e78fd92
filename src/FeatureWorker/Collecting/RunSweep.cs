using System.Diagnostics;
using HccPipeline.Contracts.Messages;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Runs;
using MassTransit;

namespace HccPipeline.FeatureWorker.Collecting;

/// <summary>Finds work that was recorded and never announced, or lost with a process, and announces it again.</summary>
internal sealed class RunSweep(RunRepository runs, RunSweepRepository lost, BrickRelease release, ProfileCatalog profiles, IBus bus)
{
    /// <summary>Looks once.</summary>
    /// <param name="before">Only what was recorded before this instant.</param>
    /// <param name="evenInWork">Also bricks that a worker who is alive has begun: for who knows that all that was requested is lost.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many pieces of work were found.</returns>
    public async Task<int> SweepAsync(DateTimeOffset before, bool evenInWork, CancellationToken ct)
    {
        int found = await PlanAsync(before, ct);
        IReadOnlyList<ReleasedBrick> stale = await lost.TakeStaleAsync(before, evenInWork, ct);
        await release.SendAsync(stale, ct);
        found += stale.Count + await lost.UnblockAsync(ct);
        await release.FillAsync(ct);
        found += await AnnounceAsync(ct);
        FeatureTelemetry.ShowOpen(await lost.CountOpenAsync(ct));
        return found;
    }

    private async Task<int> PlanAsync(DateTimeOffset before, CancellationToken ct)
    {
        IReadOnlyList<string> unplanned = await lost.ListUnplannedStudiesAsync(profiles.Current.Sha256, before, ct);
        foreach (string studyUid in unplanned)
            await bus.Publish(new FeatureExtractionRequested { StudyInstanceUid = studyUid, ProfileSha256 = profiles.Current.Sha256 }, ct);
        return unplanned.Count;
    }

    private async Task<int> AnnounceAsync(CancellationToken ct)
    {
        foreach (string runId in await lost.ListUnclosedAsync(ct))
            await runs.TryCompleteAsync(runId, ct);
        IReadOnlyList<CompletedRun> closed = await lost.ListNotAnnouncedAsync(ct);
        foreach (CompletedRun run in closed)
        {
            using Activity? span = FeatureTelemetry.Continue("run.announce", run.TraceParent);
            await bus.Publish(Announcement.Of(run), ct);
        }
        return closed.Count;
    }
}
