using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Models;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Finds champions that were not announced, as those that a command made, patients whom the champion did not score, and versions that were not
/// compared with it, and does what is left to do.</summary>
internal sealed partial class ChampionSweeper(
    PromotionRepository promotions, PatientScorer scorer, LostComparisons comparisons, IBus bus, TimeProvider clock,
    IOptions<ModelWorkerOptions> options, ILogger<ChampionSweeper> logger) : BackgroundService
{
    /// <summary>One sweep.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        foreach (PromotionRow promotion in await promotions.ListNotAnnouncedAsync(ct))
            await bus.Publish(new ModelPromoted { ModelVersion = promotion.ModelVersion, Reason = promotion.Reason }, ct);
        await scorer.ScoreWaitingAsync(ct);
        await comparisons.ConsiderAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepInterval, clock);
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

    [LoggerMessage(4302, LogLevel.Warning, "The sweep failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
