using HccPipeline.Benchmarks;
using HccPipeline.Benchmarks.Cluster;
using HccPipeline.Benchmarks.Scaling;
using Xunit;

namespace HccPipeline.EndToEnd.Scaling;

/// <summary>The calculation of docs/scaling.md where its result is known, and the document itself.</summary>
public sealed class ScalingTests
{
    private const double Unlimited = 1e18;

    private static readonly BrickCosts Free = new()
    {
        Compute = [2.0], Wait = 0, Database = 0, Broker = 0, ReleaseFirst = 0, ReleaseEach = 0, Send = 0, ReadBytes = 1e6, WrittenBytes = 1e7,
    };

    [Fact]
    public void CommittedDocument_IsWhatTheGeneratorGives() => Assert.Equal(
        ScalingDocument.Text(MeasuredCluster.Read(Repository.Root)), File.ReadAllText(Path.Combine(Repository.Root, ScalingDocument.Target)));

    [Fact]
    public void Run_OneNode_StoresWhileItComputes()
    {
        BrickCosts costs = Free with { Compute = [1.0, 3.0], Database = 0.25, Wait = 0.5, ReleaseFirst = 0.125, ReleaseEach = 0.0625, Send = 0.5, Broker = 0.015625 };

        // At 1e7 bytes a second a brick is read in 0.1 s and written in 1 s; who reads waits for who writes.
        SimulatedRun run = ClusterSimulation.Run(costs, nodes: 1, bricks: 4, bandwidth: 1e7);

        double first = 0.125 + 4 * 0.0625 + 0.5 + 0.015625 + (0.125 + 0.25) + 0.1 + 1.0;   // released, sent, delivered, looked up, read, computed
        double others = (1 + 0.1 + 3) + (1 + 0.1 + 1) + (1 + 0.1 + 3);                       // the brick before is written, then read, computed
        Assert.Equal(first + others + 1 + 0.125, run.Seconds, 1e-9);                         // written, recorded
    }

    [Fact]
    public void Run_NothingShared_RateGrowsWithNodes()
    {
        SimulatedRun run = ClusterSimulation.Run(Free, nodes: 64, bricks: 6400, Unlimited);

        Assert.Equal(32.0, run.Rate, 1.0);
        Assert.Equal(200.0, run.Seconds, 1e-6);
    }

    [Theory]
    [InlineData("broker")]
    [InlineData("database")]
    [InlineData("object store")]
    public void Run_MoreNodesThanASharedThingFeeds_GoesAtItsRate(string name)
    {
        // Each shared thing in turn does 10 bricks a second, which 20 nodes of 2 s use up; there are 100.
        BrickCosts costs = name switch
        {
            "broker" => Free with { Broker = 0.1 },
            "database" => Free with { Database = 0.1 * BrickCosts.DatabaseCores },
            _ => Free,
        };

        SimulatedRun run = ClusterSimulation.Run(costs, nodes: 100, bricks: 5000, name == "object store" ? 1.1e8 : Unlimited);

        Assert.Equal(10.0, run.Rate, 0.2);
        Assert.Equal(name, run.Busiest.Name);
        Assert.InRange(run.Busiest.Load, 0.95, 1 + 1e-9);
    }

    [Fact]
    public void Run_SlowRelease_WaitsForItAndGoesOnAfterHalf()
    {
        SimulatedRun run = ClusterSimulation.Run(Free with { ReleaseEach = 0.1 }, nodes: 100, bricks: 5000, Unlimited);

        Assert.Equal("release", run.Busiest.Name);
        Assert.InRange(run.Rate, 7.5, 10.2);   // nobody releases before less than half is in flight
    }

    [Fact]
    public void Run_MoreNodesThanBricks_IsAsLongAsOneBrick() =>
        Assert.Equal(2.0, ClusterSimulation.Run(Free, nodes: 256, bricks: 30, Unlimited).Seconds, 1e-6);
}
