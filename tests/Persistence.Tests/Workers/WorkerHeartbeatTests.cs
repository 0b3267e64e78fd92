using System.Diagnostics;
using HccPipeline.Persistence.Workers;
using HccPipeline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Workers;

public sealed class WorkerHeartbeatTests
{
    [Fact]
    public async Task IsGone_OfThisMachineAndEnded_IsTrueAndOtherwiseFalse()
    {
        Assert.False(WorkerProcess.IsGone(WorkerProcess.CurrentId));
        using Process process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
        int id = process.Id;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(WorkerProcess.IsGone($"{Environment.MachineName}/{id}"));
        Assert.False(WorkerProcess.IsGone($"another-machine/{id}"));
        Assert.False(WorkerProcess.IsGone("nonsense"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Heartbeat_FromStartToStop_ListsTheProcess()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using TestDatabase database = await TestDatabase.SqliteAsync(ct);
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        ServiceCollection services = database.Services(clock);
        services.AddWorkerHeartbeat("ingest, features", "1.2.3", _ => 4);
        await using ServiceProvider provider = services.BuildServiceProvider();
        WorkerRepository workers = provider.GetRequiredService<WorkerRepository>();
        BackgroundService heartbeat = provider.GetServices<IHostedService>().OfType<BackgroundService>().Single();

        await heartbeat.StartAsync(ct);
        WorkerProcess listed = Assert.Single(await workers.ListAliveAsync(ct));
        Assert.Equal((WorkerProcess.CurrentId, "ingest, features", "1.2.3", 4L), (listed.WorkerId, listed.Roles, listed.Version, listed.Slots));

        clock.Advance(TimeSpan.FromMinutes(5));   // it beats again, for whom it did not reach in between
        while (await workers.ListAliveAsync(ct) is not [{ } seen] || seen.SeenMs == listed.SeenMs)
            clock.Advance(TimeSpan.FromSeconds(1));   // its timer may not have been there yet

        await heartbeat.StopAsync(ct);
        Assert.Empty(await workers.ListAliveAsync(ct));
    }
}
