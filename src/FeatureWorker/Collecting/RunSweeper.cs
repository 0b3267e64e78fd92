using System.Diagnostics;
using HccPipeline.Contracts.Messages;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Hosting.Bus;
using HccPipeline.Persistence.Runs;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Collecting;

/// <summary>Finds work that was recorded and never announced, or lost with a process, and announces it again.</summary>
internal sealed partial class RunSweeper(
    RunRepository runs, RunSweepRepository lost, BrickRelease release, ProfileCatalog profiles, IBus bus, TimeProvider clock,
    IOptions<FeatureWorkerOptions> options, IOptions<BusOptions> busOptions, ILogger<RunSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The in-memory bus starts empty: whatever has no outcome was lost with the last process and is requested at once.
        bool atStart = busOptions.Value.Transport == BusTransport.InMemory;
        TimeSpan resendAfter = atStart ? TimeSpan.Zero : options.Value.ResendAfter;
        using PeriodicTimer timer = new(options.Value.SweepInterval, clock);
        do
        {
            try
            {
                int found = await SweepAsync(resendAfter, atStart, stoppingToken);
                if (found > 0)
                    LogSwept(logger, found);
                (resendAfter, atStart) = (options.Value.ResendAfter, false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);   // the database or the broker may be away for a while; the next sweep tries again
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> SweepAsync(TimeSpan resendAfter, bool evenInWork, CancellationToken ct)
    {
        int found = 0;
        DateTimeOffset before = clock.GetUtcNow() - resendAfter;
        foreach (string studyUid in await lost.ListUnplannedStudiesAsync(profiles.Current.Sha256, before, ct))
        {
            await bus.Publish(new FeatureExtractionRequested { StudyInstanceUid = studyUid, ProfileSha256 = profiles.Current.Sha256 }, ct);
            found++;
        }
        IReadOnlyList<ReleasedBrick> stale = await lost.TakeStaleAsync(before, evenInWork, ct);
        await release.SendAsync(stale, ct);
        found += stale.Count + await lost.UnblockAsync(ct);
        await release.FillAsync(ct);
        foreach (string runId in await lost.ListUnclosedAsync(ct))
            await runs.TryCompleteAsync(runId, ct);
        foreach (CompletedRun run in await lost.ListNotAnnouncedAsync(ct))
        {
            using Activity? span = FeatureTelemetry.Continue("run.announce", run.TraceParent);
            await bus.Publish(Announcement.Of(run), ct);
            found++;
        }
        return found;
    }

    [LoggerMessage(3201, LogLevel.Information, "Announced {Count} pieces of work again")]
    private static partial void LogSwept(ILogger logger, int count);

    [LoggerMessage(3202, LogLevel.Warning, "The sweep failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
