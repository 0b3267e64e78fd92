using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace HccPipeline.Hosting.Bus;

/// <summary>How long a queue of the broker is.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Waiting">Messages that no consumer has yet.</param>
/// <param name="Consumers">Processes that take from it.</param>
public sealed record QueueDepth(string Queue, long Waiting, long Consumers);

/// <summary>Asks the broker how long its queues are, on one connection that is opened when it is first needed.</summary>
public sealed class BrokerQueues(IOptions<BusOptions> options) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _one = new(1, 1);
    private IConnection? _connection;

    /// <summary>False where the bus is in this process's memory: there is nobody to ask.</summary>
    public bool HasBroker => options.Value.Transport == BusTransport.RabbitMq;

    /// <summary>Depths of the registry's queues that exist, in the order of <see cref="BusQueues.All"/>, and of the dead letters.</summary>
    /// <returns>Null while the broker does not answer, or where there is none.</returns>
    public async Task<IReadOnlyList<QueueDepth>?> ReadAsync(CancellationToken ct)
    {
        if (!HasBroker)
            return null;
        await _one.WaitAsync(ct);
        try
        {
            IConnection connection = await ConnectAsync(ct);
            List<QueueDepth> depths = [];
            foreach (string queue in BusQueues.All.Append(BusQueues.Dead))
            {
                if (await FindAsync(connection, queue, ct) is { } depth)
                    depths.Add(depth);
            }
            return depths;
        }
        catch (Exception e) when (e is IOException or OperationInterruptedException or TimeoutException)   // an unreachable broker is an IOException
        {
            return null;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _one.Dispose();
    }

    private async Task<IConnection> ConnectAsync(CancellationToken ct)
    {
        if (_connection is { IsOpen: true } open)
            return open;
        if (_connection is { } lost)
            await lost.DisposeAsync();
        BusOptions bus = options.Value;
        ConnectionFactory factory = new()
        {
            HostName = bus.Host,
            Port = bus.Port,
            VirtualHost = bus.VirtualHost,
            UserName = bus.Username,
            Password = bus.ReadPassword(),
            ClientProvidedName = "hcc queue depths",
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = Patience,
            ContinuationTimeout = Patience,
        };
        return _connection = await factory.CreateConnectionAsync(ct);
    }

    /// <summary>A question for a queue that is not there closes the channel: each has its own.</summary>
    private static async Task<QueueDepth?> FindAsync(IConnection connection, string queue, CancellationToken ct)
    {
        await using IChannel channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            QueueDeclareOk found = await channel.QueueDeclarePassiveAsync(queue, ct);
            return new(queue, found.MessageCount, found.ConsumerCount);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }
}
