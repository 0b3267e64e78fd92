using System.Net;
using System.Net.Sockets;

namespace HccPipeline.Cli.Cluster;

/// <summary>Ports of a cluster on the loopback interface.</summary>
internal sealed record ClusterPorts
{
    // Below the range from which the system takes ports for outgoing connections, so that none is taken between choice and use.
    private const int First = 20000, Last = 32000;

    public required int PostgreSql { get; init; }

    public required int RabbitMq { get; init; }

    public required int RabbitMqDistribution { get; init; }

    public required int RabbitMqPortMapper { get; init; }

    public required int RabbitMqMetrics { get; init; }

    public required int RabbitMqManagement { get; init; }

    /// <summary>Of the workers, in the order of their start.</summary>
    public required IReadOnlyList<int> Workers { get; init; }

    /// <summary>The ports of the last start where they are free, others where not.</summary>
    public static ClusterPorts Choose(ClusterPorts? last, int workers)
    {
        HashSet<int> taken = [];
        int next = First + (Environment.ProcessId * 16 % (Last - First));   // two clusters that start together look in different places
        return new()
        {
            PostgreSql = Take(last?.PostgreSql),
            RabbitMq = Take(last?.RabbitMq),
            RabbitMqDistribution = Take(last?.RabbitMqDistribution),
            RabbitMqPortMapper = Take(last?.RabbitMqPortMapper),
            RabbitMqMetrics = Take(last?.RabbitMqMetrics),
            RabbitMqManagement = Take(last?.RabbitMqManagement),
            Workers = [.. Enumerable.Range(0, workers).Select(i => Take(last?.Workers.ElementAtOrDefault(i)))],
        };

        int Take(int? wanted)
        {
            if (wanted is > 0 and int port && IsFree(port) && taken.Add(port))
                return port;
            for (int tries = 0; tries < Last - First; tries++)
            {
                next = next + 1 >= Last ? First : next + 1;
                if (IsFree(next) && taken.Add(next))
                    return next;
            }
            throw new IOException($"No port between {First} and {Last} is free.");
        }
    }

    private static bool IsFree(int port)
    {
        using TcpListener probe = new(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
