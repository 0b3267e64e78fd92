using System.Diagnostics;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Persistence.Runs;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Maps of one case, computed by the workers of a cluster: an interactive run, which comes before the pipeline's own work.</summary>
internal sealed class ClusterMaps(ProfileRepository profiles, RunRepository runs, BrickRepository bricks, BrickRelease release, IOptions<FeatureWorkerOptions> options, TimeProvider clock)
    : IClusterMaps
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyDictionary<MapSubject, IReadOnlyCollection<ComputedBox>>> ComputeAsync(
        VoxelExtraction extraction, HashedProfile profile, Action<VoxelProgress> progress, CancellationToken ct)
    {
        using Activity? span = FeatureTelemetry.Source.StartActivity("maps.request");
        await profiles.AddIfAbsentAsync(profile.Sha256, profile.CanonicalJson, ct);
        // Boxes are cut by what earlier bricks took: the run is that of its images, and keeps the boxes that it was first planned with.
        RunPlan plan = new()
        {
            ProfileSha256 = profile.Sha256,
            Subject = PrepareBrickWorker.Text(extraction.Subjects.Select(s => s.Subject)),
            Priority = RunPriority.Interactive,
            TraceParent = Activity.Current?.Id,
            Bricks = [.. extraction.Subjects.SelectMany(s => s.Boxes.Select(b =>
                new BrickPlan(BrickKinds.Box, PrepareBrickWorker.Text(BoxWork.Of(s.Subject, b.Box)), b.RegionVoxels)))],
        };
        string runId = plan.RunId;
        span?.SetTag("hcc.run_id", runId);
        await runs.PlanAsync(plan, ct);
        await release.FillAsync(ct);
        IReadOnlyList<ChildBrick> done = await WaitAsync(runId, progress, ct);
        await runs.TryCompleteAsync(runId, ct);
        return extraction.Subjects.ToDictionary(s => s.Subject, s => (IReadOnlyCollection<ComputedBox>)ComputedBoxes.Of(done, s.Subject));
    }

    private async Task<IReadOnlyList<ChildBrick>> WaitAsync(string runId, Action<VoxelProgress> progress, CancellationToken ct)
    {
        using PeriodicTimer timer = new(Look, clock);
        DateTimeOffset lastSeen = clock.GetUtcNow(), lastFill = lastSeen;
        while (true)
        {
            try
            {
                VoxelProgress now = await bricks.ReadProgressAsync(runId, ct);
                progress(now);
                if (now.Rejected is not null)
                    throw new BrickRejectedException($"Run {runId} can't be completed: {now.Rejected.TrimEnd('.')}. No worker can map that part, now or later: change region, images or choices.");
                if (now.Quarantined is not null)
                    throw new BrickRejectedException($"Run {runId} is held: {now.Quarantined.TrimEnd('.')}. 'hcc retry {runId}' puts its bricks back once the cause is gone.");
                if (now.BricksLeft == 0)
                    return await bricks.ListAsync(runId, ct);
                lastSeen = clock.GetUtcNow();
                if (lastSeen - lastFill > options.Value.SweepInterval)
                {
                    lastFill = lastSeen;
                    await release.FillAsync(ct);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested && PassingFault.Is(e) && clock.GetUtcNow() - lastSeen < Patience)
            {
                // Database or broker are away for a while: the workers wait for them, so does who waits for the workers.
            }
            await timer.WaitForNextTickAsync(ct);
        }
    }
}

/// <summary>Computes the maps of a case on the workers of a cluster.</summary>
public interface IClusterMaps
{
    /// <summary>Plans the boxes as an interactive run and waits for them. Asked again for the same, it takes up the run that there is.</summary>
    /// <param name="extraction">The case, its volumes in the cluster's object store.</param>
    /// <param name="profile">Profile.</param>
    /// <param name="progress">Told several times a second.</param>
    /// <param name="ct">Ends the waiting; the run goes on.</param>
    /// <exception cref="BrickRejectedException">A box can't be computed, or is in quarantine; the message says why.</exception>
    Task<IReadOnlyDictionary<MapSubject, IReadOnlyCollection<ComputedBox>>> ComputeAsync(
        VoxelExtraction extraction, HashedProfile profile, Action<VoxelProgress> progress, CancellationToken ct);
}
