using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Persistence.Workers;

/// <summary>Says every few seconds that this process is there, and takes it off the list when it stops as it should.</summary>
/// <remarks>Registered before the bus, so it starts before work comes in and stops after the last of it is done or handed back.</remarks>
internal sealed partial class WorkerHeartbeat(WorkerProcess self, WorkerRepository workers, TimeProvider clock, ILogger<WorkerHeartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await SeeAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await workers.RemoveAsync(self.WorkerId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e);   // it drops off the list by itself
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SeeAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);   // the database may be away for a while
            }
        }
    }

    private Task SeeAsync(CancellationToken ct) => workers.SeeAsync(self with { SeenMs = clock.GetUtcNow().ToUnixTimeMilliseconds() }, ct);

    [LoggerMessage(1101, LogLevel.Warning, "This worker could not be listed as alive")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
