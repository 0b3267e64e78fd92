using System.Threading.Channels;
using MassTransit;

namespace HccPipeline.Hosting.Tests.Bus;

public sealed record Ping(int Number);

public sealed record Pong(int Number);

/// <summary>Where consumers leave what they saw, for a test to wait on.</summary>
public sealed class Seen
{
    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>();

    public void Add(object message) => _messages.Writer.TryWrite(message);

    public ValueTask<object> NextAsync(CancellationToken ct) => _messages.Reader.ReadAsync(ct);
}

public sealed class PingConsumer : IConsumer<Ping>
{
    public Task Consume(ConsumeContext<Ping> context) => context.Publish(new Pong(context.Message.Number));
}

public sealed class PongConsumer(Seen seen) : IConsumer<Pong>
{
    public Task Consume(ConsumeContext<Pong> context)
    {
        seen.Add(context.Message);
        return Task.CompletedTask;
    }
}

/// <summary>Publishes and then fails, on every try.</summary>
public sealed class FailingPingConsumer(Seen seen) : IConsumer<Ping>
{
    public async Task Consume(ConsumeContext<Ping> context)
    {
        await context.Publish(new Pong(context.Message.Number));
        seen.Add("tried");
        throw new InvalidOperationException("no use");
    }
}

public sealed class PingFaultConsumer(Seen seen) : IConsumer<Fault<Ping>>
{
    public Task Consume(ConsumeContext<Fault<Ping>> context)
    {
        seen.Add(context.Message);
        return Task.CompletedTask;
    }
}

public sealed record Block(string Name);

/// <summary>Holds the first delivery until the test lets it go.</summary>
public sealed class BlockedOnce
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Released => _release.Task;

    public void Release() => _release.TrySetResult();
}

public sealed class BlockingConsumer(Seen seen, BlockedOnce block) : IConsumer<Block>
{
    public async Task Consume(ConsumeContext<Block> context)
    {
        if (context.ReceiveContext.Redelivered)
        {
            seen.Add("delivered again");
            return;
        }
        seen.Add("first delivery");
        await block.Released;
    }
}
