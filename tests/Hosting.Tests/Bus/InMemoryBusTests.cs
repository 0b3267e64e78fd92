using MassTransit;
using Xunit;

namespace HccPipeline.Hosting.Tests.Bus;

public sealed class InMemoryBusTests
{
    [Fact(Timeout = 60_000)]
    public async Task Publish_ConsumerThatAnswers_AnswerArrives()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        Seen seen = new();
        await using RunningBus bus = await RunningBus.StartAsync([], b => { b.AddConsumer<PingConsumer>(); b.AddConsumer<PongConsumer>(); }, ct, seen);

        await bus.Bus.Publish(new Ping(7), ct);

        Assert.Equal(new Pong(7), await seen.NextAsync(ct));
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_ConsumerThatFailsOnEveryTry_FaultNamesTheCauseAndNothingElseLeaves()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        Seen tries = new();
        await using RunningBus bus = await RunningBus.StartAsync(
            [], b => { b.AddConsumer<FailingPingConsumer>(); b.AddConsumer<PingFaultConsumer>(); b.AddConsumer<PongConsumer>(); }, ct, tries);

        await bus.Bus.Publish(new Ping(7), ct);

        for (int i = 0; i < 5; i++)   // the first try and four more
            Assert.Equal("tried", await tries.NextAsync(ct));
        // Published by the failing consumer on every try: a Pong would have come before the fault if any had left.
        Fault<Ping> fault = Assert.IsType<Fault<Ping>>(await tries.NextAsync(ct), exactMatch: false);
        Assert.Equal("no use", Assert.Single(fault.Exceptions).Message);
        Assert.Equal(7, fault.Message.Number);
    }
}
