using HccPipeline.Ingest.Studies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.Ingest.Bus;

/// <summary>At start and from time to time: judges what a process that died left behind, and announces what was committed and not announced.</summary>
internal sealed partial class AnnouncementSweeper(
    PatientJudge judge, Announcer announcer, TimeProvider clock, IOptions<IngestOptions> options, ILogger<AnnouncementSweeper> logger)
    : BackgroundService
{
    // A study or a record that nothing came to for so long does not belong to an ingest under way, whoever runs it.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    /// <summary>One sweep.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        long quietSinceMs = (clock.GetUtcNow() - Quiet).ToUnixTimeMilliseconds();
        await judge.JudgeLeftOverAsync(quietSinceMs, ct);
        await announcer.AnnounceAllAsync(quietSinceMs, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(options.Value.SweepSeconds), clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);   // the database or the broker may be away for a while; the next sweep tries again
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1202, LogLevel.Warning, "The sweep failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
