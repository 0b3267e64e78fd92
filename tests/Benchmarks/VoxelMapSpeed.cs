using System.Diagnostics;
using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.Benchmarks;

/// <summary>Voxel maps: each class on a small lesion, first-order and GLCM of a whole liver, and kernel radii against time.</summary>
internal static class VoxelMapSpeed
{
    private const int Rounds = 15, LiverThreads = 2;
    private const double MiB = 1024 * 1024;

    /// <param name="files">Image and mask to measure instead of the made-up lesion, or none.</param>
    public static int Run(string[] files)
    {
        (Volume<float> image, Volume<byte> mask) = files is [string imagePath, string maskPath]
            ? (Nrrd.Read(imagePath), Mask.OfLabel(Nrrd.Read(maskPath)))
            : VoxelMapImages.Lesion();
        Classes(image, mask);
        Radii(image, mask);
        if (files.Length == 0)
            Liver();
        return 0;
    }

    private static void Classes(Volume<float> image, Volume<byte> mask)
    {
        LevelScale scale = LevelScale.Of(image, mask, new());
        int voxels = Mask.Count(mask);
        Console.WriteLine($"{voxels} voxels, {scale.HighestLevel} grey levels of width 25, radius 1, one thread, best of {Rounds}");
        Console.WriteLine("  features               seconds   voxels a second   ns a voxel and feature");
        string[] withoutMcc = [.. VoxelFeatures.Resolve(["glcm"]).Where(f => f != "glcm_MCC")];
        (string Name, IReadOnlyList<string> Features)[] choices =
        [
            .. VoxelFeatures.Classes.Select(c => (c, VoxelFeatures.Resolve([c]))), ("glcm without MCC", withoutMcc), ("all", VoxelFeatures.All),
        ];
        foreach ((string name, IReadOnlyList<string> features) in choices)
        {
            double seconds = Best(Rounds, () => VoxelMaps.OfRegion(image, mask, new() { Features = features }));
            Console.WriteLine($"  {name,-20} {seconds,9:F4}   {voxels / seconds,15:N0}   {seconds / voxels / features.Count * 1e9,22:F0}");
        }
        Console.WriteLine($"  process: {Process.GetCurrentProcess().PeakWorkingSet64 / MiB:F0} MiB at most");
    }

    private static void Radii(Volume<float> image, Volume<byte> mask)
    {
        int voxels = Mask.Count(mask);
        string[] withoutMcc = [.. VoxelFeatures.Resolve(["firstorder", "glcm"]).Where(f => f != "glcm_MCC")];
        Console.WriteLine("\n  first-order and GLCM, one thread\n  radius   µs a voxel   without MCC");
        foreach (int radius in (int[])[1, 2, 3, 5, 7])
        {
            double Time(IReadOnlyList<string> features) =>
                Best(radius > 3 ? 1 : 3, () => VoxelMaps.OfRegion(image, mask, new() { KernelRadius = radius, Features = features }));
            double all = Time(["firstorder", "glcm"]), without = Time(withoutMcc);
            Console.WriteLine($"  {radius,6}   {all / voxels * 1e6,10:F1}   {without / voxels * 1e6,11:F1}");
        }
    }

    /// <summary>Brick by brick, as a worker does it: memory is that of a brick and the volume.</summary>
    private static void Liver()
    {
        (Volume<float> image, Volume<byte> mask) = VoxelMapImages.Liver();
        VoxelMapSettings settings = new() { Features = ["firstorder", "glcm"] };
        LevelScale scale = LevelScale.Of(image, mask, settings);
        long start = Stopwatch.GetTimestamp();
        int voxels = 0, bricks = 0;
        VoxelBox box = Mask.BoundingBox(mask);
        foreach (VoxelBox core in VoxelMapImages.Bricks(box, 64, 64, 16))
        {
            voxels += VoxelMaps.Compute(image, mask, core, scale, settings, LiverThreads).RegionVoxels;
            bricks++;
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(
            $"\n320 × 260 × 72, {voxels} region voxels, {scale.HighestLevel} levels, radius 1, first-order and GLCM, "
            + $"{bricks} bricks, {LiverThreads} threads\n"
            + $"  {seconds:F1} s, {voxels / seconds:N0} voxels a second, "
            + $"{seconds / voxels / settings.Features.Count * 1e9:F0} ns a voxel and feature, "
            + $"{Process.GetCurrentProcess().PeakWorkingSet64 / MiB:F0} MiB at most");
    }

    private static double Best(int rounds, Action work)
    {
        double best = double.MaxValue;
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
