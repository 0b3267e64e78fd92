using HccPipeline.FeatureWorker.Profiles;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Time that maps take, for cutting a region into boxes of some seconds: measured on bricks that were computed before, else a first guess.</summary>
public static class MapCost
{
    /// <summary>Time that a box should take: long enough that a message and a few database rows do not count, short enough that little is lost with a worker.</summary>
    public static readonly TimeSpan BoxTime = TimeSpan.FromSeconds(2);

    private const int KernelOfGuess = 27;

    // Microseconds for a voxel and a kernel of 27, one thread, docs/measurements.md: any machine soon has figures of its own.
    private static readonly Dictionary<string, double> MicrosecondsOfClass = new(StringComparer.Ordinal)
    {
        ["firstorder"] = 1, ["glcm"] = 15, ["glrlm"] = 5, ["glszm"] = 3, ["gldm"] = 2, ["ngtdm"] = 2,
    };

    /// <summary>Most voxels of the region that a box should hold.</summary>
    /// <param name="settings">Choices.</param>
    /// <param name="measuredSecondsPerVoxel">What earlier bricks took for a voxel; null where there are none.</param>
    public static long VoxelsOfBox(MapSettings settings, double? measuredSecondsPerVoxel)
    {
        double seconds = measuredSecondsPerVoxel is > 0 and var measured ? measured : Guess(settings);
        return Math.Max(1, (long)Math.Min(BoxTime.TotalSeconds / seconds, long.MaxValue / 4.0));
    }

    private static double Guess(MapSettings settings)
    {
        int side = 2 * settings.KernelRadius + 1;
        double cells = Math.Pow(side, settings.FlatAxis is null ? 3 : 2);
        double microseconds = settings.Features.Select(FeatureClasses.ClassOf).Distinct().Sum(c => MicrosecondsOfClass[c]);
        return Math.Max(0.01, microseconds * cells / KernelOfGuess) * 1e-6;
    }
}
