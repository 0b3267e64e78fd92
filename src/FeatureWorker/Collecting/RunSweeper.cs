using HccPipeline.Hosting.Bus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Collecting;

/// <summary>Sweeps at the start and then regularly.</summary>
internal sealed partial class RunSweeper(
    RunSweep sweep, TimeProvider clock, IOptions<FeatureWorkerOptions> options, IOptions<BusOptions> busOptions, ILogger<RunSweeper> logger) : BackgroundService
{
    private DateTimeOffset _started;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _started = clock.GetUtcNow();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The in-memory bus starts empty: whatever has no outcome was lost with the last process and is requested at once. What this process has requested
        // since its start is not, however late the first sweep comes or succeeds.
        bool allIsLost = busOptions.Value.Transport == BusTransport.InMemory;
        using PeriodicTimer timer = new(options.Value.SweepInterval, clock);
        do
        {
            try
            {
                DateTimeOffset before = allIsLost ? _started : clock.GetUtcNow() - options.Value.ResendAfter;
                int found = await sweep.SweepAsync(before, allIsLost, stoppingToken);
                if (found > 0)
                    LogSwept(logger, found);
                allIsLost = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);   // the database or the broker may be away for a while; the next sweep tries again
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(3201, LogLevel.Information, "Announced {Count} pieces of work again")]
    private static partial void LogSwept(ILogger logger, int count);

    [LoggerMessage(3202, LogLevel.Warning, "The sweep failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
