using Hangfire;
using HccPipeline.Contracts.Messages;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>The job that Hangfire runs: it only asks for training on the bus, where any model worker takes it.</summary>
internal sealed class RetrainingJob(RetrainingPolicy policy, IBus bus, IOptions<ModelWorkerOptions> options)
{
    public async Task RequestAsync(CancellationToken ct)
    {
        if (await policy.FindProfileInUseAsync(ct) is { } profileSha256)
            await bus.Publish(new RetrainingRequested { ProfileSha256 = profileSha256, Seed = options.Value.Seed, OnlyIfDue = false, Reason = "schedule" }, ct);
    }
}

/// <summary>Puts the configured schedule into Hangfire at start, and takes a schedule away that is no longer configured.</summary>
internal sealed class RetrainingSchedule(IRecurringJobManager jobs, IOptions<ModelWorkerOptions> options) : IHostedService
{
    private const string JobId = "retraining";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Schedule.Length == 0)
        {
            jobs.RemoveIfExists(JobId);
        }
        else
        {
            RecurringJobOptions zone = new() { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone) };
            jobs.AddOrUpdate<RetrainingJob>(JobId, job => job.RequestAsync(CancellationToken.None), options.Value.Schedule, zone);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
