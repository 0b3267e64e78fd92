using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Models;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Finds a cohort that grew and was not trained on, trainings whose process died, and versions without a report, and asks again: the message
/// may have died with its process.</summary>
internal sealed partial class ModelSweeper(
    RetrainingPolicy policy, DeadTrainings dead, ModelRepository models, IBus bus, TimeProvider clock, IOptions<ModelWorkerOptions> options,
    ILogger<ModelSweeper> logger)
    : BackgroundService
{
    // A report that can't be made is asked for once by each process, not at every sweep.
    private readonly HashSet<int> _asked = [];

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

    private async Task SweepAsync(CancellationToken ct)
    {
        foreach (RetrainingRequested again in await dead.FindAsync(ct))
            await bus.Publish(again, ct);
        if (await policy.FindProfileInUseAsync(ct) is { } profileSha256 && await policy.EvaluateAsync(profileSha256, ct) is { } request)
            await bus.Publish(request, ct);
        foreach (int version in (await models.ListWithoutReportAsync(ct)).Where(_asked.Add))
            await bus.Publish(new ReportRequested { ModelVersion = version }, ct);
    }

    [LoggerMessage(4101, LogLevel.Warning, "The sweep failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
