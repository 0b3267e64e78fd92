using Hangfire;
using HccPipeline.Contracts.Messages;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>The job that Hangfire runs: it only asks for an assessment on the bus, where any model worker takes it.</summary>
internal sealed class DriftJob(IBus bus)
{
    public Task RequestAsync(CancellationToken ct) => bus.Publish(new DriftAssessmentRequested { Reason = "schedule" }, ct);
}

/// <summary>Puts the configured schedule into Hangfire at start, and takes a schedule away that is no longer configured.</summary>
internal sealed class DriftSchedule(IRecurringJobManager jobs, IOptions<DriftOptions> options, IOptions<ModelWorkerOptions> worker) : IHostedService
{
    private const string JobId = "drift";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Schedule.Length == 0)
        {
            jobs.RemoveIfExists(JobId);
        }
        else
        {
            RecurringJobOptions zone = new() { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(worker.Value.TimeZone) };
            jobs.AddOrUpdate<DriftJob>(JobId, job => job.RequestAsync(CancellationToken.None), options.Value.Schedule, zone);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
