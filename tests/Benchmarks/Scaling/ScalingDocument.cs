using System.Globalization;
using System.Text;
using HccPipeline.Benchmarks.Cluster;

namespace HccPipeline.Benchmarks.Scaling;

/// <summary>Writes docs/scaling.md: what was measured on one and two workers, and what follows for 1 to 256 nodes.</summary>
internal static class ScalingDocument
{
    /// <summary>The document, from the root of the repository.</summary>
    public const string Target = "docs/scaling.md";

    private const int FewestBricks = 2000, BricksPerNode = 40;
    private const double Gigabit = 1e9 / 8, GoodEfficiency = 0.8;
    private static readonly int[] Nodes = [1, 2, 4, 8, 16, 32, 64, 128, 256];
    private static readonly (string Name, double BytesPerSecond)[] Stores = [("1 Gbit/s", Gigabit), ("10 Gbit/s", 10 * Gigabit), ("100 Gbit/s", 100 * Gigabit)];

    /// <summary>Text of the document.</summary>
    public static string Text(MeasuredCluster measured)
    {
        StringBuilder text = new(Introduction);
        Measured(text, measured);
        Limits(text, measured);
        foreach ((string name, double bandwidth) in Stores)
            Many(text, measured, name, bandwidth);
        OneRegion(text, measured);
        return text.ToString();
    }

    private static void Measured(StringBuilder text, MeasuredCluster measured)
    {
        text.Append(CultureInfo.InvariantCulture, $"""

            ## What was measured

            {measured.Machine}. {measured.One.Voxels:N0} voxels, first-order and GLCM, radius 1: {measured.One.Maps} maps. Workers of one thread, RabbitMQ and
            PostgreSQL beside them on the same cores. Wanted: 1.8 times the rate with two workers, overhead under 5%.

            | workers | voxels a second | bricks | maps | waiting for bus, SQL, blobs | nothing left at the end | overhead | storing blobs |
            |---:|---:|---:|---:|---:|---:|---:|---:|

            """);
        foreach (MeasuredRun r in new[] { measured.One, measured.Two })
        {
            double all = r.Workers * r.Wall;
            text.Append(CultureInfo.InvariantCulture, $"| {r.Workers} | {r.Rate:N0} | {r.BrickSeconds.Count} of {r.BrickSeconds.Average():F2} s | {Percent(r.Kernels / all)} | {Percent(r.Waiting / all)} | ")
                .Append(CultureInfo.InvariantCulture, $"{Percent(r.Tail / all)} | {Percent(r.Overhead)} | {Percent(r.Blobs / all)} |\n");
        }
        OperationCosts o = measured.Operations;
        text.Append(CultureInfo.InvariantCulture, $"""

            Two workers did {measured.Two.Rate / measured.One.Rate:F2} times what one did. Overhead is the share of waiting in the time in which there was
            work; maps of a brick are stored while the next is computed.

            One operation at a time, on servers at rest:

            | operation | ms |
            |---|---:|
            | brick looked up | {Ms(o.Find)} |
            | brick begun | {Ms(o.Begin)} |
            | brick closed, with a commit | {Ms(o.Complete)} |
            | run asked whether it is done | {Ms(o.Close)} |
            | {OperationCosts.Few} bricks released | {Ms(o.ReleaseFew)} |
            | {OperationCosts.Many} bricks released | {Ms(o.ReleaseMany)} |
            | nothing released, {OperationCosts.FewInFlight} in flight | {Ms(o.NothingToReleaseFew)} |
            | nothing released, {OperationCosts.ManyInFlight} in flight | {Ms(o.NothingToReleaseMany)} |
            | sweep that finds nothing | {Ms(o.Sweep)} |
            | message sent and confirmed by a quorum queue | {Ms(o.Send)} |
            | message sent and there | {Ms(o.Deliver)} |

            For a brick, over what they use at rest: {Ms(measured.One.DatabaseProcessor)} ms of processor time of the database, {Ms(measured.One.BrokerProcessor)} ms of the broker;
            {measured.One.WrittenBytes / measured.One.BrickSeconds.Count / 1e6:F1} MB of maps written, {measured.One.ReadBytes / measured.One.BrickSeconds.Count / 1e6:F1} MB of voxels read.

            """);
    }

    private static void Limits(StringBuilder text, MeasuredCluster measured)
    {
        int most = Nodes[^1];
        BrickCosts costs = BrickCosts.Of(measured, most);
        double brick = costs.Compute.Average() + costs.Wait;
        text.Append(CultureInfo.InvariantCulture, $"""

            ## What each shared thing can carry

            A node computes a brick in {brick:F2} s. With {most} nodes, one of the things that they share can at most do:

            | shared | for a brick | bricks a second | nodes it keeps busy |
            |---|---:|---:|---:|

            """);
        foreach ((string name, double seconds) in Demands(costs))
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Ms(seconds)} ms | {1 / seconds:N0} | {brick / seconds:N0} |\n");
    }

    private static IEnumerable<(string Name, double Seconds)> Demands(BrickCosts c) =>
    [
        ($"database, {BrickCosts.DatabaseCores} cores", c.Database / BrickCosts.DatabaseCores),
        ("broker, one core", c.Broker),
        ("release, one at a time", c.ReleaseEach + c.ReleaseFirst / (BrickCosts.InFlightPerNode * Nodes[^1] / 2)),
        .. Stores.Select(s => ($"object store at {s.Name}", (c.ReadBytes + c.WrittenBytes) / s.BytesPerSecond)),
    ];

    private static void Many(StringBuilder text, MeasuredCluster measured, string name, double bandwidth)
    {
        SimulatedRun[] runs = [.. Nodes.Select(n => ClusterSimulation.Run(BrickCosts.Of(measured, n), n, Math.Max(FewestBricks, BricksPerNode * n), bandwidth))];
        text.Append(CultureInfo.InvariantCulture, $"""

            ## A cohort, object store at {name}

            | nodes | bricks a second | speed-up | efficiency | database | broker | release | object store |
            |---:|---:|---:|---:|---:|---:|---:|---:|

            """);
        foreach (SimulatedRun r in runs)
        {
            double speedUp = r.Rate / runs[0].Rate;
            text.Append(CultureInfo.InvariantCulture, $"| {r.Nodes} | {r.Rate:F1} | {speedUp:F1} | {Percent(speedUp / r.Nodes)} | {Percent(r.Database)} | {Percent(r.Broker)} | ")
                .Append(CultureInfo.InvariantCulture, $"{Percent(r.Release)} | {Percent(r.Store)} |\n");
        }
        SimulatedRun? poor = runs.FirstOrDefault(r => r.Rate / runs[0].Rate / r.Nodes < GoodEfficiency);
        text.Append(poor is null
            ? string.Create(CultureInfo.InvariantCulture, $"\nNothing saturates up to {runs[^1].Nodes} nodes; nearest to its limit is the {runs[^1].Busiest.Name}, at work {Percent(runs[^1].Busiest.Load)} of the time.\n")
            : string.Create(CultureInfo.InvariantCulture, $"\nFirst to saturate: the {poor.Busiest.Name}, between {runs[Array.IndexOf(runs, poor) - 1].Nodes} and {poor.Nodes} nodes.\n"));
    }

    private static void OneRegion(StringBuilder text, MeasuredCluster measured)
    {
        int bricks = measured.One.BrickSeconds.Count;
        text.Append(CultureInfo.InvariantCulture, $"""

            ## One region that somebody waits for

            {measured.One.Voxels:N0} voxels are {bricks} bricks: more nodes than bricks have nothing to do. Time until the last brick is done, object store at {Stores[1].Name}:

            | nodes | seconds | speed-up |
            |---:|---:|---:|

            """);
        double alone = 0;
        foreach (int nodes in Nodes)
        {
            SimulatedRun run = ClusterSimulation.Run(BrickCosts.Of(measured, nodes), nodes, bricks, Stores[1].BytesPerSecond);
            if (nodes == 1)
                alone = run.Seconds;
            text.Append(CultureInfo.InvariantCulture, $"| {nodes} | {run.Seconds:F1} | {alone / run.Seconds:F1} |\n");
        }
    }

    private static string Ms(double seconds) => (seconds * 1e3).ToString(seconds < 0.01 ? "F2" : "F1", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture) + "%";

    private const string Introduction = """
        # Scaling

        Generated by `dotnet run -c Release --project tests/Benchmarks -- scaling` from what `… -- cluster-rate --record` measured; a test fails
        when this file is not what the generator gives. One and two workers were measured, everything from there on is calculated.

        The calculation follows each brick, event by event: released under the lock that all releasers share, sent and confirmed one after another, through
        the broker, looked up in the database, image read, computed for as long as a measured brick took, maps written, recorded; when half of what was in
        flight has ended, the next are released. Shared things do one brick after another, the database four; a node is one thread. What is
        not in it: distances between machines, disks of the servers slower than the one measured on, nodes of different speed, and the
        assembling of maps for who asked for them as files. The broker's processor time is the most it can need: its own
        housekeeping and statistics meanwhile count as work here.

        """;
}
