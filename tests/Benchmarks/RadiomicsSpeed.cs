using System.Diagnostics;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.Benchmarks;

/// <summary>All 107 features in PyRadiomics' convention: time and memory against voxels, one thread, a batch and one case on two.</summary>
internal static class RadiomicsSpeed
{
    private const int Rounds = 5, BatchCases = 8, Alternations = 7, Small = 10_000;
    private const double WarmUpSeconds = 3;
    private const double MiB = 1024 * 1024;
    private static readonly FeatureFamily[] Families =
    [
        FeatureFamily.Shape, FeatureFamily.FirstOrder, FeatureFamily.Glrlm, FeatureFamily.Glszm, FeatureFamily.Glcm, FeatureFamily.Gldm, FeatureFamily.Ngtdm,
    ];

    public static int Run()
    {
        ExtractionSettings all = new();
        // Before any extraction: memory that the pool keeps from one to the next counts as used.
        long floor = GC.GetTotalMemory(forceFullCollection: true);
        Scaling(all, floor);
        (Volume<float> image, Volume<byte> mask) = Ellipsoid(256, 256, 64, 60, 50, 24);
        WarmUp(image, mask, all);
        Console.WriteLine($"\n256 × 256 × 64, {Mask.Count(mask)} voxels, best of {Rounds}, one thread");
        void Report(string what, ExtractionSettings settings, string more)
        {
            (double clock, double processor) = Best(image, mask, settings, Rounds);
            Console.WriteLine($"  {what,-20} {clock,6:F3} s   processor {processor,6:F3} s{more}");
        }
        Report("all 107 features", all, $"   {PeakMiB(image, mask, all, floor):F0} MiB above the volume");
        foreach (FeatureFamily family in Families)
            Report($"{family}", all with { Families = new HashSet<FeatureFamily> { family } }, "");
        foreach (int cases in (int[])[BatchCases, BatchCases - 1])
        {
            // As hcc extract --batch: a case a thread, and parts of a case where fewer cases than threads are left.
            OnTwoThreads($"batch of {cases} such cases", parallel => Parallel.ForAsync(0, cases, parallel, (i, ct) =>
            {
                _ = RegionExtraction.Of(image, mask, all, parallel: i >= cases - parallel.MaxDegreeOfParallelism ? parallel : null);
                return ValueTask.CompletedTask;
            }));
        }
        OnTwoThreads("one such case", parallel => Task.Factory.StartNew(
            () => _ = RegionExtraction.Of(image, mask, all, parallel: parallel), parallel.CancellationToken, TaskCreationOptions.None, parallel.TaskScheduler!));
        return 0;
    }

    /// <summary>The same work on one and on two threads in turn, medians: the clock's time, and the processor's time of all threads together,
    /// which grows where threads stand in each other's way, also on a busy machine.</summary>
    private static void OnTwoThreads(string what, Func<ParallelOptions, Task> work)
    {
        (double Clock, double Processor)[][] times = [new (double, double)[Alternations], new (double, double)[Alternations]];
        for (int k = 0; k < Alternations; k++)
        {
            for (int threads = 1; threads <= 2; threads++)
            {
                ParallelOptions parallel = new()
                {
                    MaxDegreeOfParallelism = threads, TaskScheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler,
                };
                TimeSpan processor = Environment.CpuUsage.TotalTime;
                long start = Stopwatch.GetTimestamp();
                work(parallel).GetAwaiter().GetResult();
                times[threads - 1][k] = (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
            }
        }
        double Median(int threads, Func<(double Clock, double Processor), double> of) => times[threads - 1].Select(of).Order().ElementAt(Alternations / 2);
        double one = Median(1, t => t.Clock), two = Median(2, t => t.Clock);
        Console.WriteLine(
            $"\n{what}: {one:F3} s on one thread, {two:F3} s on two, {one / two:F2} times as fast (medians of {Alternations}); " +
            $"processor time {Median(1, t => t.Processor):F3} and {Median(2, t => t.Processor):F3} s");
    }

    private static void Scaling(ExtractionSettings settings, long floor)
    {
        Console.WriteLine("    voxels   seconds   ns a voxel   processor ns a voxel   MiB above the volume   bytes a voxel");
        List<double> clock = [], processor = [];
        foreach (int target in (int[])[Small, 100_000, 1_000_000, 10_000_000])
        {
            double radius = Math.Cbrt(target / (4 * Math.PI / 3));
            int side = (int)Math.Ceiling(2 * radius) + 5;
            (Volume<float> image, Volume<byte> mask) = Ellipsoid(side, side, side, radius, radius, radius);
            if (target == Small)
                WarmUp(image, mask, settings);
            int voxels = Mask.Count(mask);
            (double seconds, double used) = Best(image, mask, settings, Math.Clamp(2_000_000 / target, 3, 200));
            double peak = PeakMiB(image, mask, settings, floor);
            clock.Add(seconds / voxels * 1e9);
            processor.Add(used / voxels * 1e9);
            Console.WriteLine($"{voxels,10}   {seconds,7:F4}   {clock[^1],10:F0}   {processor[^1],20:F0}   {peak,20:F0}   {peak * MiB / voxels,13:F0}");
        }
        Console.WriteLine($"dearest voxel over cheapest: {clock.Max() / clock.Min():F2} by the clock, {processor.Max() / processor.Min():F2} by the processor");
    }

    /// <summary>Compiles in full before anything is timed, which the runtime does on the side and by and by.</summary>
    private static void WarmUp(Volume<float> image, Volume<byte> mask, ExtractionSettings settings)
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < WarmUpSeconds)
            _ = RegionExtraction.Of(image, mask, settings);
    }

    /// <summary>Least time by the clock, and least processor time of all threads, which a busy machine lengthens far less.</summary>
    private static (double Clock, double Processor) Best(Volume<float> image, Volume<byte> mask, ExtractionSettings settings, int rounds)
    {
        (double clock, double processor) = (double.MaxValue, double.MaxValue);
        for (int i = 0; i < rounds; i++)
        {
            TimeSpan used = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            _ = RegionExtraction.Of(image, mask, settings);
            clock = Math.Min(clock, Stopwatch.GetElapsedTime(start).TotalSeconds);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        }
        return (clock, processor);
    }

    /// <summary>Most that the heap held during an extraction, less the image, the mask and what there was before the first of all.</summary>
    private static double PeakMiB(Volume<float> image, Volume<byte> mask, ExtractionSettings settings, long floor)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long most = 0;
        using CancellationTokenSource done = new();
        Thread watcher = new(() =>
        {
            while (!done.IsCancellationRequested)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
                Thread.Yield();
            }
        });
        watcher.Start();
        _ = RegionExtraction.Of(image, mask, settings);
        most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
        done.Cancel();
        watcher.Join();
        return (most - floor - (long)image.Voxels.Length * sizeof(float) - mask.Voxels.Length) / MiB;
    }

    private static (Volume<float> Image, Volume<byte> Mask) Ellipsoid(int nx, int ny, int nz, double a, double b, double c)
    {
        Volume<float> image = new(new() { SizeX = nx, SizeY = ny, SizeZ = nz, SpacingMm = new(1, 1, 3) });
        Volume<byte> mask = new(image.Geometry);
        Random random = new(1);
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                {
                    double u = (x - nx / 2) / a, v = (y - ny / 2) / b, w = (z - nz / 2) / c;
                    mask[x, y, z] = u * u + v * v + w * w <= 1 ? (byte)1 : (byte)0;
                    double wave = 100 * Math.Sin(x / 9.0) * Math.Cos(y / 7.0) * Math.Sin(z / 3.0);
                    image[x, y, z] = (float)(500 + wave + 60 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
                }
            }
        }
        return (image, mask);
    }
}
