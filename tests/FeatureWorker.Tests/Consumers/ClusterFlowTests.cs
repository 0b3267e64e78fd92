using System.Data.Common;
using System.Text.Json;
using Dapper;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Hosting.Bus;
using HccPipeline.Persistence;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>Several worker processes on a real broker, as far as one process can stand for them: each has a host, a bus and work of its own.</summary>
public sealed class ClusterFlowTests(PrivateRabbitMq broker) : IClassFixture<PrivateRabbitMq>
{
    private const int Slots = 3;

    [Fact(Timeout = 120_000)]
    public async Task Stop_BrickInWork_IsHandedBackAndDoneByAnother()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using TestDatabase database = await TestDatabase.SqliteAsync(ct);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeWork endless = new(FakeWork.Fake)
        {
            Do = async (_, stop) =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, stop);
                return new();
            },
        };
        FakeWork able = new(FakeWork.Fake)
        {
            Do = (_, _) =>
            {
                done.TrySetResult();
                return Task.FromResult(new BrickOutcome { Values = [new("v", 7)] });
            },
        };
        IHost first = await StartAsync(database, endless, ct);
        RunPlan plan = new() { ProfileSha256 = first.Services.GetRequiredService<ProfileCatalog>().Current.Sha256, Bricks = [new(FakeWork.Fake, "{}")] };
        await first.Services.GetRequiredService<RunRepository>().PlanAsync(plan, ct);
        await first.Services.GetRequiredService<BrickRelease>().FillAsync(ct);
        await begun.Task.WaitAsync(ct);

        await first.StopAsync(ct);   // what a process does on SIGTERM
        first.Dispose();
        using IHost second = await StartAsync(database, able, ct);
        await done.Task.WaitAsync(ct);
        await second.StopAsync(ct);   // which lets it finish what it has begun

        await using DbConnection db = await second.Services.GetRequiredService<DbDataSource>().OpenConnectionAsync(ct);
        Assert.Equal(("done", 0L, 1L), await db.QuerySingleAsync<(string, long, long)>("SELECT state, failures, starts FROM brick"));
        Assert.Equal(7, await db.ExecuteScalarAsync<double>("SELECT value FROM feature_value"));
        Assert.Empty(endless.Done);
        Assert.Single(able.Begun);
    }

    [Fact(Timeout = 120_000)]
    public async Task Start_FeatureWorker_TakesOneBrickMoreThanItComputesFromEachQuorumQueue()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using TestDatabase database = await TestDatabase.SqliteAsync(ct);
        using IHost worker = await StartAsync(database, new FakeWork(FakeWork.Fake), ct);

        JsonElement consumers = JsonDocument.Parse(await broker.ControlAsync("list_consumers", "--formatter", "json")).RootElement;
        JsonElement queues = JsonDocument.Parse(await broker.ControlAsync("list_queues", "name", "type", "arguments", "--formatter", "json")).RootElement;

        Assert.Equal((Slots + 1, Slots + 1), (Prefetch(BrickQueues.Batch), Prefetch(BrickQueues.Interactive)));
        foreach (string name in new[] { BrickQueues.Batch, BrickQueues.Interactive })
        {
            JsonElement queue = queues.EnumerateArray().Single(q => q.GetProperty("name").GetString() == name);
            Assert.Equal("quorum", queue.GetProperty("type").GetString());
            string arguments = queue.GetProperty("arguments").ToString();
            Assert.Contains("x-delivery-limit", arguments, StringComparison.Ordinal);
            Assert.Contains("hcc.dlx", arguments, StringComparison.Ordinal);
        }
        // What is published goes to the batch; the other queue holds only what is sent to it.
        string[] bindings = (await broker.ControlAsync("list_bindings", "source_name", "destination_name")).Split('\n');
        Assert.Contains(bindings, b => b.Contains("BrickExtractionRequested", StringComparison.Ordinal) && b.TrimEnd().EndsWith(BrickQueues.Batch, StringComparison.Ordinal));
        Assert.DoesNotContain(bindings, b => b.Contains("BrickExtractionRequested", StringComparison.Ordinal) && b.TrimEnd().EndsWith(BrickQueues.Interactive, StringComparison.Ordinal));
        await worker.StopAsync(ct);

        int Prefetch(string queue) => consumers.EnumerateArray().Single(c => c.GetProperty("queue_name").GetString() == queue).GetProperty("prefetch_count").GetInt32();
    }

    private async Task<IHost> StartAsync(TestDatabase database, FakeWork work, CancellationToken ct)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(database.Settings).AddInMemoryCollection(broker.Settings)
            .AddInMemoryCollection([new("FeatureWorker:Concurrency", $"{Slots}")]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPersistence();
        builder.Services.AddFeatureWorker();
        builder.Services.AddSingleton<IBrickWorker>(work);
        builder.Services.AddBus(builder.Configuration, bus => bus.AddFeatureConsumers());
        // Shorter than in the program, in the same order: what is in work is cancelled, then the bus stops.
        builder.Services.Configure<MassTransitHostOptions>(o => o.ConsumerStopTimeout = TimeSpan.FromMilliseconds(300));
        IHost host = builder.Build();
        await host.StartAsync(ct);
        return host;
    }
}
