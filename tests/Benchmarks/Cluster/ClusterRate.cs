namespace HccPipeline.Benchmarks.Cluster;

/// <summary>Two worker processes against one, on this machine's own RabbitMQ and PostgreSQL, and what bus, SQL and blobs take of the time.</summary>
internal static class ClusterRate
{
    private const int FewestWarmUpVoxels = 200_000;

    /// <param name="voxels">Voxels of the region.</param>
    /// <param name="machine">Name of the machine for the record; null to record nothing.</param>
    public static async Task<int> RunAsync(int voxels, string? machine)
    {
        OperationCosts operations;
        await using (LocalServers servers = await LocalServers.StartAsync(0))
        await using (ClusterClient client = await ClusterClient.OpenAsync(servers.Settings))
            operations = await OperationTimes.MeasureAsync(client);
        Show(operations);
        MeasuredRun one = await MeasureAsync(1, voxels), two = await MeasureAsync(2, voxels);
        Console.WriteLine($"  two workers against one: {two.Rate / one.Rate:F2} times the rate (wanted: 1.8)");
        if (machine is not null)
            new MeasuredCluster { Machine = machine, One = one, Two = two, Operations = operations }.Write(Repository.Root);
        return 0;
    }

    private static async Task<MeasuredRun> MeasureAsync(int workers, int voxels)
    {
        await using LocalServers servers = await LocalServers.StartAsync(workers);
        // Compiled code and a measured rate to cut the region by, as on a cluster that has been up for a while.
        await RateRun.MeasureAsync(servers, Math.Max(FewestWarmUpVoxels, voxels / 4) * workers, seed: 2);
        MeasuredRun run = await RateRun.MeasureAsync(servers, voxels, seed: 3);
        Show(run);
        return run;
    }

    private static void Show(OperationCosts o)
    {
        Console.WriteLine("one at a time, ms");
        foreach ((string what, double seconds) in new[]
                 {
                     ("brick looked up", o.Find), ("brick begun", o.Begin), ("brick closed", o.Complete), ("run asked whether it is done", o.Close),
                     ($"{OperationCosts.Few} bricks released", o.ReleaseFew), ($"{OperationCosts.Many} bricks released", o.ReleaseMany), 
                     ($"enough requested, {OperationCosts.FewInFlight}", o.NothingToReleaseFew), ($"enough requested, {OperationCosts.ManyInFlight}", o.NothingToReleaseMany),
                     ("sweep that finds nothing", o.Sweep),
                     ("message sent and confirmed", o.Send), ("message sent and there", o.Deliver),
                 })
            Console.WriteLine($"  {what,-30} {seconds * 1e3,8:F2}");
    }

    private static void Show(MeasuredRun r)
    {
        double all = r.Workers * r.Wall;
        string Part(double seconds) => $"{seconds,7:F2} s {seconds / all,6:P1}";
        Console.WriteLine(
            $"{r.Workers} worker(s), {r.Voxels} voxels, {r.Maps} maps, {r.BrickSeconds.Count} bricks of {r.BrickSeconds.Average():F2} s\n"
            + $"  wall {r.Wall:F2} s, {r.Rate:N0} voxels a second\n"
            + $"  maps {Part(r.Kernels)}   waiting for bus, SQL and blobs {Part(r.Waiting)}   nothing left at the end {Part(r.Tail)}   blobs, also while others are computed {Part(r.Blobs)}\n"
            + $"  overhead without the end: {r.Overhead:P1} (wanted: under 5%)\n"
            + $"  {r.WrittenBytes / r.BrickSeconds.Count / 1e6:F1} MB written and {r.ReadBytes / r.BrickSeconds.Count / 1e6:F1} MB of voxels read for a brick; "
            + $"processor time of the database {r.DatabaseProcessor * 1e3:F1} ms, of the broker {r.BrokerProcessor * 1e3:F1} ms for a brick");
    }
}
