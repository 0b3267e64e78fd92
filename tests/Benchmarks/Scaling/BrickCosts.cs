using HccPipeline.Benchmarks.Cluster;

namespace HccPipeline.Benchmarks.Scaling;

/// <summary>What a brick takes of a node and of each thing that nodes share, on a cluster of a given size. Seconds and bytes.</summary>
internal sealed record BrickCosts
{
    /// <summary>Bricks in flight for each node: the program's default.</summary>
    public const int InFlightPerNode = 4;

    /// <summary>Cores of the database server that the calculation assumes.</summary>
    public const int DatabaseCores = 4;

    private const double SweepInterval = 30;   // the program's default

    /// <summary>Time in maps, brick by brick.</summary>
    public required IReadOnlyList<double> Compute { get; init; }

    /// <summary>Time that a node waits for bus, database and object store between two bricks when nobody else asks.</summary>
    public required double Wait { get; init; }

    /// <summary>Processor time of the database.</summary>
    public required double Database { get; init; }

    /// <summary>Processor time of the broker: a queue is one process there, which one core does.</summary>
    public required double Broker { get; init; }

    /// <summary>Time of a release before its first brick: the lock that all who release share.</summary>
    public required double ReleaseFirst { get; init; }

    /// <summary>Time of a release for each brick under the lock.</summary>
    public required double ReleaseEach { get; init; }

    /// <summary>Time until the request of a brick is sent and confirmed: who released bricks sends them one after another, after the lock.</summary>
    public required double Send { get; init; }

    public required double ReadBytes { get; init; }

    public required double WrittenBytes { get; init; }

    /// <summary>The costs that were measured, as they are with so many nodes: the database counts what is in flight after each brick, and each
    /// node has a sweeper.</summary>
    public static BrickCosts Of(MeasuredCluster measured, int nodes)
    {
        (MeasuredRun run, OperationCosts o) = (measured.One, measured.Operations);
        int bricks = run.BrickSeconds.Count;
        double marked = (o.ReleaseMany - o.ReleaseFew) / (OperationCosts.Many - OperationCosts.Few);
        double counted = (o.NothingToReleaseMany - o.NothingToReleaseFew) / (OperationCosts.ManyInFlight - OperationCosts.FewInFlight);
        double sweeps = o.Sweep * run.BrickSeconds.Average() / SweepInterval;   // of a node, in the time of a brick
        return new()
        {
            Compute = run.BrickSeconds,
            Wait = Math.Max(0, run.Waiting) / bricks,
            Database = run.DatabaseProcessor + Math.Max(0, counted) * InFlightPerNode * nodes + sweeps,
            Broker = run.BrokerProcessor,
            ReleaseFirst = Math.Max(0, o.ReleaseFew - OperationCosts.Few * marked),
            ReleaseEach = Math.Max(0, marked),
            Send = o.Send,
            ReadBytes = run.ReadBytes / bricks,
            WrittenBytes = run.WrittenBytes / bricks,
        };
    }
}
