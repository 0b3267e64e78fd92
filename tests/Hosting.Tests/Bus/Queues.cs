using System.Text;
using System.Text.Json;
using HccPipeline.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace HccPipeline.Hosting.Tests.Bus;

/// <summary>Looks at queues as the broker has them, past the bus.</summary>
internal sealed class Queues(PrivateRabbitMq broker)
{
    /// <summary>A queue's properties as the broker lists them.</summary>
    public async Task<QueueState> DescribeAsync(string name)
    {
        string json = await broker.ControlAsync("list_queues", "name", "type", "durable", "policy", "arguments", "--formatter", "json");
        JsonElement queue = JsonDocument.Parse(json).RootElement.EnumerateArray().Single(q => q.GetProperty("name").GetString() == name);
        return new(
            queue.GetProperty("type").GetString()!,
            queue.GetProperty("durable").GetBoolean(),
            queue.GetProperty("arguments").EnumerateArray().ToDictionary(a => a[0].GetString()!, a => a[2].ToString(), StringComparer.Ordinal));   // [name, type, value]
    }

    public Task<IConnection> ConnectAsync(CancellationToken ct) =>
        new ConnectionFactory { HostName = PrivateRabbitMq.Host, Port = broker.Port }.CreateConnectionAsync(ct);

    /// <summary>Takes the next message of a queue, waiting for it, and keeps it unacknowledged while the channel is open.</summary>
    public static async Task<Delivery> TakeAsync(IChannel channel, string queue, CancellationToken ct)
    {
        TaskCompletionSource<Delivery> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        AsyncEventingBasicConsumer consumer = new(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            taken.TrySetResult(new(
                message.Redelivered,
                (message.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(h => h.Key, h => h.Value is byte[] text ? Encoding.UTF8.GetString(text) : h.Value?.ToString() ?? "", StringComparer.Ordinal)));
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, prefetchCount: 1, global: false, ct);
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, ct);
        return await taken.Task.WaitAsync(ct);
    }
}

/// <summary>A queue as listed.</summary>
internal sealed record QueueState(string Type, bool Durable, IReadOnlyDictionary<string, string> Arguments);

/// <summary>A message as delivered.</summary>
internal sealed record Delivery(bool Redelivered, IReadOnlyDictionary<string, string> Headers);
