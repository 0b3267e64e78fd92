using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Maps of enhancement over the phases of a contrast agent: each is an image of its own, which its indicator shows as it is.</summary>
internal static class EnhancementMaps
{
    /// <summary>A value depends on its own voxel alone: no kernel, no features.</summary>
    public static MapSettings Settings { get; } = new() { KernelRadius = 0, MaskedKernel = true, Features = [] };

    /// <summary>The maps that are wanted and that the phases allow; NaN where the signal that others are divided by is not positive.</summary>
    /// <param name="phases">Phases.</param>
    /// <param name="wanted">Names of maps.</param>
    /// <exception cref="RegionException">A map has no value anywhere in the lesion.</exception>
    public static IEnumerable<(string Name, MeasuredRegion Map)> Of(MeasuredPhases phases, IReadOnlyCollection<string> wanted)
    {
        MeasuredRegion arterial = Lesion(phases.Arterial);
        if (wanted.Contains(VoxelChoices.ArterialEnhancement))
            yield return Map(VoxelChoices.ArterialEnhancement, IndicatorMaps.Enhancement(Lesion(phases.Pre).Image, arterial.Image));
        if (wanted.Contains(VoxelChoices.Washout) && phases.Late is { } late)
            yield return Map(VoxelChoices.Washout, IndicatorMaps.Washout(arterial.Image, Lesion(late).Image));

        (string, MeasuredRegion) Map(string name, Volume<float> map) => Mask.Gather(map, arterial.Mask).All(float.IsNaN)
            ? throw new RegionException($"No voxel of the lesion has a positive signal to divide by, so that there is no map {name}; check that the series are the phases they are taken for.")
            : (name, arterial with { Image = map });
    }

    private static MeasuredRegion Lesion(MeasuredRegions phase) => phase.Of(Region.Lesion, Region.LiverReference, 1);
}
