using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Publication;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.Reporting.Drift;

/// <summary>Asks for the champion's drift report whenever its assessments are others than those of the stored one.</summary>
internal sealed partial class DriftReportSweeper(
    DriftReportPublisher reports, ModelRepository models, IBus bus, IOptions<ReportingOptions> options, TimeProvider clock, ILogger<DriftReportSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.DriftInterval == TimeSpan.Zero) return;
        using PeriodicTimer timer = new(options.Value.DriftInterval, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)   // the database or the broker is away: the next look finds the same
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        if (await models.FindChampionAsync(ct) is not { } champion) return;
        try
        {
            if (await reports.IsCurrentAsync(champion, ct)) return;
        }
        catch (ReportException)   // not assessed yet
        {
            return;
        }
        await bus.Publish(new ReportRequested { ModelVersion = champion, Kind = ReportKind.Drift }, ct);
    }

    [LoggerMessage(5004, LogLevel.Warning, "Looking for assessments without a drift report failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
