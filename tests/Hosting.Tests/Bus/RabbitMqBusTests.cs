using HccPipeline.Testing;
using MassTransit;
using RabbitMQ.Client;
using Xunit;

namespace HccPipeline.Hosting.Tests.Bus;

/// <summary>What a real broker does with the bus as it is configured. Each test has queues of its own on one broker.</summary>
public sealed class RabbitMqBusTests(PrivateRabbitMq broker)
{
    private const int DeliveryLimit = 2;
    private readonly Queues _queues = new(broker);

    [Fact(Timeout = 60_000)]
    public async Task Start_Consumer_QueueIsQuorumWithDeliveryLimitAndDeadLetterQueue()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using RunningBus bus = await StartAsync(b => b.AddConsumer<PongConsumer>().Endpoint(e => e.Name = "declared"), ct, new Seen());

        QueueState queue = await _queues.DescribeAsync("declared"), dead = await _queues.DescribeAsync("hcc.dead");

        Assert.Equal("quorum", queue.Type);
        Assert.True(queue.Durable);
        Assert.Equal("2", queue.Arguments["x-delivery-limit"]);
        Assert.Equal("hcc.dlx", queue.Arguments["x-dead-letter-exchange"]);
        Assert.Equal("quorum", dead.Type);
        Assert.True(dead.Durable);
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_ConsumerThatAnswers_AnswerArrives()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        Seen seen = new();
        await using RunningBus bus = await StartAsync(
            b =>
            {
                b.AddConsumer<PingConsumer>().Endpoint(e => e.Name = "trip-ping");
                b.AddConsumer<PongConsumer>().Endpoint(e => e.Name = "trip-pong");
            },
            ct,
            seen);

        await bus.Bus.Publish(new Ping(11), ct);

        Assert.Equal(new Pong(11), await seen.NextAsync(ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_ConnectionLostWhileConsuming_MessageIsDeliveredAgain()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        Seen seen = new();
        BlockedOnce block = new();
        await using RunningBus bus = await StartAsync(b => b.AddConsumer<BlockingConsumer>().Endpoint(e => e.Name = "lost"), ct, seen, block);
        await bus.Bus.Publish(new Block("lost"), ct);
        Assert.Equal("first delivery", await seen.NextAsync(ct));

        await broker.ControlAsync("close_all_connections", "cut by the test");
        block.Release();   // the work is done, but can't be acknowledged any more

        Assert.Equal("delivered again", await seen.NextAsync(ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_ConsumerThatDiesOnEveryDelivery_MessageIsSetAside()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        // The endpoint declares its queue, then leaves; what comes after stands in for processes that die with the message in hand.
        await (await StartAsync(b => b.AddConsumer<PongConsumer>().Endpoint(e => e.Name = "dying"), ct, new Seen())).DisposeAsync();
        await using IConnection connection = await _queues.ConnectAsync(ct);
        await using (IChannel sender = await connection.CreateChannelAsync(cancellationToken: ct))
            await sender.BasicPublishAsync(exchange: "", routingKey: "dying", body: "{}"u8.ToArray(), cancellationToken: ct);

        List<bool> redelivered = [];
        for (int delivery = 0; delivery <= DeliveryLimit; delivery++)
        {
            await using IConnection process = await _queues.ConnectAsync(ct);
            await using IChannel channel = await process.CreateChannelAsync(cancellationToken: ct);
            redelivered.Add((await Queues.TakeAsync(channel, "dying", ct)).Redelivered);
        }
        await using IChannel dead = await connection.CreateChannelAsync(cancellationToken: ct);
        Delivery aside = await Queues.TakeAsync(dead, "hcc.dead", ct);

        Assert.Equal([false, true, true], redelivered);
        Assert.Equal("delivery_limit", aside.Headers["x-first-death-reason"]);
        Assert.Equal("dying", aside.Headers["x-first-death-queue"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_ConsumerThatThrowsOnEveryTry_MessageIsInTheErrorQueueAndAFaultIsPublished()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        Seen seen = new();
        await using (RunningBus bus = await StartAsync(
            b =>
            {
                b.AddConsumer<FailingPingConsumer>().Endpoint(e => e.Name = "failing");
                b.AddConsumer<PingFaultConsumer>().Endpoint(e => e.Name = "failing-fault");
            },
            ct,
            seen))
        {
            await bus.Bus.Publish(new Ping(5), ct);

            for (int i = 0; i < 5; i++)
                Assert.Equal("tried", await seen.NextAsync(ct));
            Assert.Equal(5, Assert.IsType<Fault<Ping>>(await seen.NextAsync(ct), exactMatch: false).Message.Number);
        }   // a bus that has stopped has put away what it had in hand: the fault leaves before the message is moved
        await using IConnection connection = await _queues.ConnectAsync(ct);
        await using IChannel channel = await connection.CreateChannelAsync(cancellationToken: ct);
        Delivery failed = await Queues.TakeAsync(channel, "failing_error", ct);
        Assert.Equal("no use", failed.Headers["MT-Fault-Message"]);
        Assert.Equal("quorum", (await _queues.DescribeAsync("failing_error")).Type);
    }

    [Fact(Timeout = 60_000)]
    public async Task Start_PasswordInAFile_Connects()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        string file = Path.GetTempFileName();
        try
        {
            await broker.ControlAsync("add_user", "worker", "from-a-secret");
            await broker.ControlAsync("set_permissions", "worker", ".*", ".*", ".*");
            await File.WriteAllTextAsync(file, "from-a-secret\n", ct);
            Seen seen = new();
            Dictionary<string, string?> settings = new(Settings, StringComparer.Ordinal)
            {
                ["Bus:Username"] = "worker",
                ["Bus:Password"] = "wrong",
                ["Bus:PasswordFile"] = file,
            };
            await using RunningBus bus = await RunningBus.StartAsync(settings, b => b.AddConsumer<PongConsumer>().Endpoint(e => e.Name = "secret"), ct, seen);
            await bus.Bus.Publish(new Pong(3), ct);

            Assert.Equal(new Pong(3), await seen.NextAsync(ct));
            Assert.Contains("worker", await broker.ControlAsync("list_connections", "user"), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Dictionary<string, string?> Settings => new(broker.Settings, StringComparer.Ordinal) { ["Bus:DeliveryLimit"] = $"{DeliveryLimit}" };

    private Task<RunningBus> StartAsync(Action<IBusRegistrationConfigurator> addConsumers, CancellationToken ct, params object[] singletons) =>
        RunningBus.StartAsync(Settings, addConsumers, ct, singletons);
}
