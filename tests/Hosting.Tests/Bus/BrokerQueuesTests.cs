using System.Globalization;
using HccPipeline.Hosting.Bus;
using HccPipeline.Testing;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Hosting.Tests.Bus;

public sealed class BrokerQueuesTests(PrivateRabbitMq broker)
{
    private const string Queue = "report-validation";

    [Fact(Timeout = 60_000)]
    public async Task ReadAsync_MessagesThatNobodyTakes_AreCountedInTheirQueueAndQueuesThatAreNotThereAreLeftOut()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using (await RunningBus.StartAsync(broker.Settings, b => b.AddConsumer<PongConsumer>().Endpoint(e => e.Name = Queue), ct, new Seen()))
        {
            // The queue is there and has a consumer.
            Assert.Equal(new QueueDepth(Queue, 0, 1), await DepthAsync(ct));
        }
        await using (RunningBus sender = await RunningBus.StartAsync(broker.Settings, _ => { }, ct))
        {
            for (int i = 0; i < 3; i++)
                await sender.Bus.Publish(new Pong(i), ct);
        }

        Assert.Equal(new QueueDepth(Queue, 3, 0), await DepthAsync(ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task ReadAsync_NobodyAtTheAddress_IsNullAndNoFailure()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using BrokerQueues queues = new(Options.Create(new BusOptions { Transport = BusTransport.RabbitMq, Host = PrivateRabbitMq.Host, Port = 1 }));

        Assert.Null(await queues.ReadAsync(ct));
    }

    [Fact]
    public async Task ReadAsync_BusInMemory_HasNoBrokerToAsk()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using BrokerQueues queues = new(Options.Create(new BusOptions()));

        Assert.False(queues.HasBroker);
        Assert.Null(await queues.ReadAsync(ct));
    }

    private async Task<QueueDepth> DepthAsync(CancellationToken ct)
    {
        await using BrokerQueues queues = new(Options.Create(new BusOptions
        {
            Transport = BusTransport.RabbitMq, Host = PrivateRabbitMq.Host, Port = int.Parse(broker.Settings["Bus:Port"]!, CultureInfo.InvariantCulture),
        }));
        IReadOnlyList<QueueDepth> depths = (await queues.ReadAsync(ct))!;
        Assert.DoesNotContain(depths, d => d.Queue == "model-drift-retrain");
        return depths.Single(d => d.Queue == Queue);
    }
}
