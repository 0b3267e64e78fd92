using System.Diagnostics;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.Benchmarks;

/// <summary>All 107 features in PyRadiomics' convention: one thread, a batch on two threads, and time and memory against voxels.</summary>
internal static class RadiomicsSpeed
{
    private const int Rounds = 5, BatchCases = 8;
    private const double MiB = 1024 * 1024;
    private static readonly FeatureFamily[] Families =
    [
        FeatureFamily.Shape, FeatureFamily.FirstOrder, FeatureFamily.Glrlm, FeatureFamily.Glszm, FeatureFamily.Glcm, FeatureFamily.Gldm, FeatureFamily.Ngtdm,
    ];

    public static int Run()
    {
        (Volume<float> image, Volume<byte> mask) = Ellipsoid(256, 256, 64, 60, 50, 24);
        ExtractionSettings all = new();
        _ = RegionExtraction.Of(image, mask, all);   // compiled before anything is timed
        Console.WriteLine($"256 × 256 × 64, {Mask.Count(mask)} voxels, best of {Rounds}, one thread");
        (double seconds, double peak) = Measure(image, mask, all, Rounds);
        Console.WriteLine($"  all 107 features     {seconds,6:F3} s   {peak,6:F0} MiB above the volume");
        foreach (FeatureFamily family in Families)
            Console.WriteLine($"  {family,-20} {Measure(image, mask, all with { Families = new HashSet<FeatureFamily> { family } }, Rounds).Seconds,6:F3} s");
        Batch(image, mask, all);
        Scaling(all);
        return 0;
    }

    private static void Batch(Volume<float> image, Volume<byte> mask, ExtractionSettings settings)
    {
        double Time(int threads)
        {
            long start = Stopwatch.GetTimestamp();
            Parallel.For(0, BatchCases, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => RegionExtraction.Of(image, mask, settings));
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        double one = Enumerable.Range(0, 3).Min(_ => Time(1)), two = Enumerable.Range(0, 3).Min(_ => Time(2));
        Console.WriteLine($"\nbatch of {BatchCases} such cases: {one:F2} s on one thread, {two:F2} s on two: {one / two:F2} times as fast");
    }

    private static void Scaling(ExtractionSettings settings)
    {
        Console.WriteLine("\n    voxels   seconds   ns a voxel   MiB above the volume   bytes a voxel");
        foreach (int target in (int[])[10_000, 100_000, 1_000_000, 10_000_000])
        {
            double radius = Math.Cbrt(target / (4 * Math.PI / 3));
            int side = (int)Math.Ceiling(2 * radius) + 5;
            (Volume<float> image, Volume<byte> mask) = Ellipsoid(side, side, side, radius, radius, radius);
            int voxels = Mask.Count(mask);
            (double seconds, double peak) = Measure(image, mask, settings, target > 1_000_000 ? 2 : Rounds);
            Console.WriteLine($"{voxels,10}   {seconds,7:F3}   {seconds / voxels * 1e9,10:F0}   {peak,20:F0}   {peak * MiB / voxels,13:F0}");
        }
    }

    /// <summary>Least time, and most bytes that the heap held above what was there before.</summary>
    private static (double Seconds, double PeakMiB) Measure(Volume<float> image, Volume<byte> mask, ExtractionSettings settings, int rounds)
    {
        double best = double.MaxValue;
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = RegionExtraction.Of(image, mask, settings);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return (best, Peak(() => RegionExtraction.Of(image, mask, settings)) / MiB);
    }

    private static long Peak(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long before = GC.GetTotalMemory(forceFullCollection: true), most = before;
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
        work();
        most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
        done.Cancel();
        watcher.Join();
        return most - before;
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
