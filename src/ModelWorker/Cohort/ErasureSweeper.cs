using HccPipeline.Persistence.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>Completes withdrawals whose deletion waited for work to end, or whose process died.</summary>
internal sealed partial class ErasureSweeper(
    PatientErasure erasure, TimeProvider clock, IOptions<ModelWorkerOptions> options, ILogger<ErasureSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepInterval, clock);
        do
        {
            try
            {
                await erasure.EraseLeftOverAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);   // the database or the store may be away for a while; the next sweep tries again
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(4201, LogLevel.Warning, "Data of patients who withdrew could not be deleted; the next sweep tries again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
