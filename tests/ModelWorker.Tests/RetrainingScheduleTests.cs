using Hangfire;
using Hangfire.Storage;
using HccPipeline.Contracts.Messages;
using HccPipeline.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>The schedule as Hangfire keeps it, over restarts of the process.</summary>
public sealed class RetrainingScheduleTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_OnPostgreSql_ScheduleAndHistorySurviveARestart()
    {
        await using SmallRegistry registry = await SmallRegistry.CreateAsync(await TestDatabase.PostgreSqlAsync(server, Ct), TimeProvider.System, 2, Ct);
        string last;
        await using (Scheduled process = await Scheduled.StartAsync(registry.Database, "0 3 1 * *", "Europe/Berlin"))
        {
            RecurringJobDto job = Assert.Single(process.Jobs());
            Assert.Equal(("retraining", "0 3 1 * *", "Europe/Berlin"), (job.Id, job.Cron, job.TimeZoneId));
            DateTime next = TimeZoneInfo.ConvertTimeFromUtc(job.NextExecution!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
            Assert.Equal((1, 3, 0), (next.Day, next.Hour, next.Minute));

            process.Get<IRecurringJobManager>().Trigger("retraining");
            last = await process.SucceededAsync();
            RetrainingRequested request = await process.RequestAsync();
            Assert.Equal((SmallRegistry.Profile, "schedule", false), (request.ProfileSha256, request.Reason, request.OnlyIfDue));
        }

        await using Scheduled again = await Scheduled.StartAsync(registry.Database, "0 3 1 * *", "Europe/Berlin");
        RecurringJobDto kept = Assert.Single(again.Jobs());
        Assert.Equal(last, kept.LastJobId);
        Assert.NotNull(kept.LastExecution);
        Assert.Contains(again.Get<JobStorage>().GetMonitoringApi().SucceededJobs(0, 10), done => done.Key == last);
    }

    [Fact]
    public async Task StartAsync_ScheduleTakenOutOfTheConfiguration_IsGone()
    {
        await using TestDatabase database = await TestDatabase.PostgreSqlAsync(server, Ct);
        await using (Scheduled process = await Scheduled.StartAsync(database, "0 3 1 * *", "UTC"))
            Assert.Single(process.Jobs());
        await using (Scheduled process = await Scheduled.StartAsync(database, "*/5 * * * *", "UTC"))
            Assert.Equal("*/5 * * * *", Assert.Single(process.Jobs()).Cron);
        await using (Scheduled process = await Scheduled.StartAsync(database, "", "UTC"))
            Assert.Empty(process.Jobs());
    }

    [Fact]
    public async Task StartAsync_Embedded_ScheduleComesFromTheConfiguration()
    {
        await using TestDatabase database = await TestDatabase.SqliteAsync(Ct);
        await using Scheduled process = await Scheduled.StartAsync(database, "30 2 * * 1", "America/New_York");
        RecurringJobDto job = Assert.Single(process.Jobs());
        Assert.Equal(("30 2 * * 1", "America/New_York"), (job.Cron, job.TimeZoneId));
    }

    /// <summary>A process with the schedule alone.</summary>
    private sealed class Scheduled : IAsyncDisposable
    {
        private readonly ServiceProvider _services;
        private readonly List<IHostedService> _started = [];

        private Scheduled(ServiceProvider services) => _services = services;

        public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

        public static async Task<Scheduled> StartAsync(TestDatabase database, string schedule, string zone)
        {
            ServiceCollection services = database.Services(TimeProvider.System, new Dictionary<string, string?> { ["ModelWorker:Schedule"] = schedule, ["ModelWorker:TimeZone"] = zone });
            services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
            services.AddModelWorker();
            services.AddMassTransitTestHarness(_ => { });
            IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
            services.AddSchedules(configuration);
            Scheduled process = new(services.BuildServiceProvider());
            await process._services.StartTestHarness();
            foreach (IHostedService service in process._services.GetServices<IHostedService>().Where(s => s.GetType().FullName!.Contains("Hangfire", StringComparison.Ordinal) || s.GetType().Name is "RetrainingSchedule" or "JobSchema"))
            {
                await service.StartAsync(Ct);
                process._started.Add(service);
            }
            return process;
        }

        public List<RecurringJobDto> Jobs()
        {
            using IStorageConnection connection = Get<JobStorage>().GetConnection();
            return [.. connection.GetRecurringJobs().Where(j => j.Id == "retraining")];
        }

        public async Task<RetrainingRequested> RequestAsync()
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            limit.CancelAfter(Patience);
            await foreach (IPublishedMessage<RetrainingRequested> published in Get<ITestHarness>().Published.SelectAsync<RetrainingRequested>(limit.Token))
                return published.Context.Message;
            throw new InvalidOperationException("Nothing was asked for.");
        }

        /// <returns>The job that Hangfire notes as done.</returns>
        public async Task<string> SucceededAsync()
        {
            using PeriodicTimer look = new(TimeSpan.FromMilliseconds(100));
            long began = Environment.TickCount64;
            while (await look.WaitForNextTickAsync(Ct) && Environment.TickCount64 - began < Patience.TotalMilliseconds)
            {
                if (Jobs() is [{ LastJobState: "Succeeded" } job])
                    return job.LastJobId;
            }
            throw new InvalidOperationException("The job did not end.");
        }

        public async ValueTask DisposeAsync()
        {
            foreach (IHostedService service in Enumerable.Reverse(_started))
                await service.StopAsync(CancellationToken.None);
            await Get<ITestHarness>().Stop(CancellationToken.None);
            await _services.DisposeAsync();
        }
    }
}
