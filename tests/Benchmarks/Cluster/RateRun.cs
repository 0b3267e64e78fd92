using System.Data.Common;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.Benchmarks.Cluster;

/// <summary>One region's maps on a cluster, and where the workers' time went.</summary>
internal static class RateRun
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);
    private static readonly ExtractionProfile Profile = ProfileReader.ReadShipped("pyradiomics-default").Profile;

    // The clocks of worker and brick are the same machine's.
    private const string Select = """
        SELECT b.worker, b.started_ms, b.finished_ms, b.seconds
        FROM brick b JOIN extraction_run r ON r.run_id = b.run_id WHERE r.planned_ms >= @Since ORDER BY b.brick_index
        """;

    /// <param name="servers">The cluster.</param>
    /// <param name="voxels">Voxels of the region.</param>
    /// <param name="seed">Of the image: a run that was done before is not done again.</param>
    public static async Task<MeasuredRun> MeasureAsync(LocalServers servers, int voxels, int seed)
    {
        await using ClusterClient client = await ClusterClient.OpenAsync(servers.Settings);
        HashedProfile profile = ProfileReader.Hash(Profile with { Voxel = Profile.Voxel with { Image = ["firstorder", "glcm"] } });
        double? measured = await client.Get<BrickRates>().FindSecondsPerVoxelAsync(BrickKinds.Box, profile.Sha256, CancellationToken.None);
        VoxelExtraction extraction = await VoxelExtraction.PrepareAsync(
            WriteCase(servers.Work, voxels, seed), profile, client.Get<MapPreparation>(), client.Get<MapPlanner>(), measured, CancellationToken.None);
        (int database, int broker) = (servers.Pid("postgres"), servers.Pid("rabbitmq"));
        (double restDatabase, double restBroker) = await AtRestAsync(database, broker);
        StoreTime before = await StoreTime.OfAsync(servers.WorkerUrls);
        (double processorDatabase, double processorBroker) = (ProcessorTime.Of(database), ProcessorTime.Of(broker));
        long since = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await client.Get<IClusterMaps>().ComputeAsync(extraction, profile, _ => { }, CancellationToken.None);
        double clock = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - since) / 1000.0;
        (processorDatabase, processorBroker) = (ProcessorTime.Of(database) - processorDatabase, ProcessorTime.Of(broker) - processorBroker);
        StoreTime store = await StoreTime.OfAsync(servers.WorkerUrls) - before;

        IReadOnlyList<Brick> bricks = await ReadAsync(client.Get<DbDataSource>(), since);
        double begin = bricks.Min(b => b.Started), end = bricks.Max(b => b.Finished), inBricks = bricks.Sum(b => b.Seconds), blobs = store.ReadSeconds + store.WriteSeconds;
        int workers = servers.WorkerUrls.Count;
        double tail = bricks.GroupBy(b => b.Worker).Sum(own => end - own.Max(b => b.Finished)) + (workers - bricks.Select(b => b.Worker).Distinct().Count()) * (end - begin);
        return new()
        {
            Workers = workers,
            Voxels = voxels,
            Maps = extraction.MapCount,
            Wall = end - begin,
            Kernels = inBricks - blobs,
            Blobs = blobs,
            Waiting = workers * (end - begin) - tail - (inBricks - blobs),
            Tail = tail,
            WrittenBytes = store.WrittenBytes,
            ReadBytes = store.ReadBytes,
            DatabaseProcessor = Math.Max(0, processorDatabase - restDatabase * clock) / bricks.Count,
            BrokerProcessor = Math.Max(0, processorBroker - restBroker * clock) / bricks.Count,
            BrickSeconds = [.. bricks.Select(b => Math.Round(b.Seconds * (inBricks - blobs) / inBricks, 4))],
        };
    }

    private static async Task<(double Database, double Broker)> AtRestAsync(int database, int broker)
    {
        (double a, double b) = (ProcessorTime.Of(database), ProcessorTime.Of(broker));
        await Task.Delay(Rest);
        return ((ProcessorTime.Of(database) - a) / Rest.TotalSeconds, (ProcessorTime.Of(broker) - b) / Rest.TotalSeconds);
    }

    private static ExtractionCase WriteCase(string folder, int voxels, int seed)
    {
        (Volume<float> image, Volume<byte> mask) = VoxelMapImages.Region(voxels, seed);
        (string imagePath, string maskPath) = (Path.Combine(folder, "image.nii"), Path.Combine(folder, "mask.nii"));
        Nifti.Write(imagePath, image);
        Nifti.Write(maskPath, mask);
        return new(imagePath, maskPath);
    }

    private static async Task<IReadOnlyList<Brick>> ReadAsync(DbDataSource database, long since)
    {
        await using DbCommand command = database.CreateCommand(Select);
        DbParameter from = command.CreateParameter();
        (from.ParameterName, from.Value) = ("Since", since);
        command.Parameters.Add(from);
        await using DbDataReader row = await command.ExecuteReaderAsync();
        List<Brick> bricks = [];
        while (await row.ReadAsync())
            bricks.Add(new(row.GetString(0), row.GetInt64(1) / 1000.0, row.GetInt64(2) / 1000.0, row.GetDouble(3)));
        return bricks;
    }

    private readonly record struct Brick(string Worker, double Started, double Finished, double Seconds);
}
