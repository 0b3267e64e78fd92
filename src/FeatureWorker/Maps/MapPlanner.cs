using HccPipeline.Radiomics.Voxelwise;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Cuts the regions of subjects into boxes: some seconds of work each, and within the memory that a brick may have.</summary>
public sealed class MapPlanner(IOptions<FeatureWorkerOptions> options)
{
    /// <summary>The boxes of a subject.</summary>
    /// <param name="prepared">The subject.</param>
    /// <param name="measuredSecondsPerVoxel">What earlier bricks of the kind took for a voxel of the region; null where there are none.</param>
    /// <exception cref="InvalidOperationException">Even one voxel by itself needs more memory than a brick may have.</exception>
    public IReadOnlyList<RegionBox> Boxes(PreparedSubject prepared, double? measuredSecondsPerVoxel)
    {
        MapSubject subject = prepared.Subject;
        VoxelMapSettings? kernel = subject.Settings.Features.Count > 0 ? subject.Settings.ToKernelSettings() : null;
        int highest = kernel is null ? 1 : subject.Scale(kernel).HighestLevel;
        return RegionCutter.Cut(
            prepared.Region,
            MapCost.VoxelsOfBox(subject.Settings, measuredSecondsPerVoxel),
            box => BoxMaps.MemoryFor(box, kernel, subject.Indicators.Count, highest) <= options.Value.MaxBrickMemory);
    }
}
