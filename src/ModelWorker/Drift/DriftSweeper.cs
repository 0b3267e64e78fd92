using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Drift;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Asks for an assessment when outcomes, scores or versions are new or another day has come, announces alerts whose message died with its
/// process, and delivers to the webhook what is due.</summary>
internal sealed partial class DriftSweeper(
    DriftDataReader data, DriftAnnouncer announcer, DriftWebhook webhook, IBus bus, TimeProvider clock, IOptions<DriftOptions> options, ILogger<DriftSweeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);
    private string? _assessed;
    private DateTimeOffset _looked = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Sweep < options.Value.LookInterval ? Sweep : options.Value.LookInterval, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
                await announcer.AnnounceAsync(stoppingToken);
                await webhook.DeliverAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e.GetBaseException().Message);   // the database or the broker may be away for a while; the next sweep tries again
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - _looked < options.Value.LookInterval)
            return;
        _looked = now;
        string mark = $"{now.UtcDateTime:yyyy-MM-dd}/{await data.ReadMarkAsync(ct)}";
        if (mark == _assessed)
            return;
        await bus.Publish(new DriftAssessmentRequested { Reason = "new outcomes, scores or versions" }, ct);
        _assessed = mark;
    }

    [LoggerMessage(4421, LogLevel.Warning, "The look for drift failed and will be tried again: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
