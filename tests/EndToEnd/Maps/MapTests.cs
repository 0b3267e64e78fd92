using Xunit;

namespace HccPipeline.EndToEnd.Maps;

/// <summary>Maps on a cluster are the bytes of one process: for any number of workers, and whatever dies in the middle.</summary>
public sealed class MapTests(MapServers servers) : IClassFixture<MapServers>
{
    private static readonly MapWork Light = new("firstorder,glcm", 1, BrickMemory: 2 << 20);
    private const long NoLimit = 512 << 20;

    // About ten seconds of one processor: long enough to be disturbed in.
    private static readonly MapWork Long = new("firstorder,glcm,glrlm,glszm,gldm,ngtdm", 2, BrickMemory: 2 << 20);

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(NoLimit)]
    public async Task Maps_InTheEmbeddedRegistry_AreTheBytesOfOneProcess(long brickMemory)
    {
        MapWork work = Light with { BrickMemory = brickMemory };
        using TemporaryFolder folder = new();
        (int code, string output) = await HccProcess.RunAsync(
            work.Environment, servers.Case.Arguments(work, folder["maps"], "--cluster", "--data", folder["data"]));
        Assert.True(code == 0, output);
        Assert.Equal(await servers.TruthAsync(work), MapCase.Hashes(folder["maps"]));
    }

    /// <summary>93 maps of 61,000 voxels are 45 MB. With a heap too small for these and the program the process ends well if bricks keep their cap, and for
    /// want of memory if one brick may hold them all.</summary>
    [Theory]
    [InlineData(4 << 20, 0)]
    [InlineData(NoLimit, 3)]
    public async Task Maps_HeapOfLittleMoreThanTheProgram_AreMadeIfBricksKeepTheirCap(long brickMemory, int exitCode)
    {
        MapWork work = new("firstorder,glcm,glrlm,glszm,gldm,ngtdm", 1, brickMemory);
        Dictionary<string, string> environment = new(work.Environment, StringComparer.Ordinal)
        {
            ["DOTNET_GCHeapHardLimit"] = "0x3000000",   // 48 MiB
            ["HCC__FeatureWorker__Concurrency"] = "1",
            ["HCC__FeatureWorker__MaxBrickFailures"] = "1",
        };
        using TemporaryFolder folder = new();
        (int code, string output) = await HccProcess.RunAsync(environment, servers.Case.Arguments(work, folder["maps"], "--cluster", "--data", folder["data"]));
        Assert.True(code == exitCode, $"exit code {code}:\n{output}");
        if (exitCode == 0)
            Assert.Equal(await servers.TruthAsync(work), MapCase.Hashes(folder["maps"]));
    }

    [Theory]
    [InlineData(1, 2 << 20)]
    [InlineData(2, 3 << 19)]
    [InlineData(4, 1 << 20)]
    public async Task Maps_OnWorkers_AreTheBytesOfOneProcess(int workers, long brickMemory)
    {
        await using MapCluster cluster = await MapCluster.StartAsync(servers.Rabbit, servers.Postgres, workers);
        await RunAsync(cluster, Light with { BrickMemory = brickMemory }, _ => Task.CompletedTask);
    }

    [Fact]
    public async Task Maps_WorkersKilledInTheMiddleOfABrick_AreTheBytesOfOneProcess()
    {
        await using MapCluster cluster = await MapCluster.StartAsync(servers.Rabbit, servers.Postgres, workers: 2);
        Random random = new(5);
        await RunAsync(cluster, Long, async client =>
        {
            foreach (double share in (double[])[0.1, 0.35, 0.6])
            {
                await cluster.UntilDoneAsync(share, client);
                await cluster.KillWorkerAsync(random);
            }
        });
        // What was in a killed worker's hands was begun again by another: a brick in work, and one that was being stored, of each of three.
        Assert.InRange(await cluster.CountAsync("SELECT COUNT(*) FROM brick WHERE starts > 1"), 1, 6);
    }

    [Fact]
    public async Task Maps_BrokerRestartedInTheMiddle_AreTheBytesOfOneProcess()
    {
        await using MapCluster cluster = await MapCluster.StartAsync(servers.Rabbit, servers.Postgres, workers: 2);
        await RunAsync(cluster, Long, async client =>
        {
            await cluster.UntilDoneAsync(0.3, client);
            await servers.Rabbit.RestartAsync();
        });
    }

    [Fact]
    public async Task Maps_DatabaseRestartedInTheMiddle_AreTheBytesOfOneProcess()
    {
        await using MapCluster cluster = await MapCluster.StartAsync(servers.Rabbit, servers.Postgres, workers: 2);
        await RunAsync(cluster, Long, async client =>
        {
            await cluster.UntilDoneAsync(0.3, client);
            await servers.Postgres.RestartAsync();
        });
    }

    /// <summary>Asks for maps, disturbs, and looks at what came: the bytes, and each brick once.</summary>
    private async Task RunAsync(MapCluster cluster, MapWork work, Func<HccProcess, Task> disturb)
    {
        IReadOnlyDictionary<string, string> truth = await servers.TruthAsync(work);
        using TemporaryFolder folder = new();
        await using HccProcess client = cluster.Request(servers.Case, work, folder["maps"]);
        await disturb(client);
        int code = await client.WaitAsync();
        Assert.True(code == 0, $"{client.Output}\n{cluster.Output}");
        Assert.Equal(truth, MapCase.Hashes(folder["maps"]));

        Assert.InRange(await cluster.CountAsync("SELECT COUNT(*) FROM brick"), 10, 400);
        Assert.Equal(0, await cluster.CountAsync("SELECT COUNT(*) FROM brick WHERE state <> 'done' OR result_sha256 IS NULL"));
        Assert.Equal(servers.Case.RegionVoxels, await cluster.CountAsync("SELECT SUM(region_voxels) FROM brick"));
        Assert.Equal(1, await cluster.CountAsync("SELECT COUNT(*) FROM extraction_run WHERE completed_ms IS NOT NULL"));
        Assert.Equal(1, await cluster.CountAsync("SELECT COUNT(*) FROM extraction_run"));
        Assert.Equal(0, await cluster.CountAsync("SELECT COUNT(*) FROM brick WHERE failures > 0"));
    }
}
