using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>
/// One image whose region is mapped, ready for any node: where its voxels are stored, and all that is known of the region as a whole. Image and region
/// are stored as far as kernels reach, no farther.
/// </summary>
public sealed record MapSubject
{
    /// <summary>Image type in front of the maps' names, such as <c>original</c> or <c>wavelet-LLH</c>; of a map of enhancement its name.</summary>
    public required string ImageType { get; init; }

    /// <summary>Chunked volume of the intensities (<see cref="ChunkedVolumeReader"/>).</summary>
    public required string ImageVolume { get; init; }

    /// <summary>Chunked volume of the region, 0 or 1.</summary>
    public required string RegionVolume { get; init; }

    /// <summary>Where the first voxel of the stored volumes lies in the whole image, voxels along x, y and z.</summary>
    public required IReadOnlyList<int> Offset { get; init; }

    /// <summary>Voxels of the region.</summary>
    public required long RegionVoxels { get; init; }

    /// <summary>Smallest intensity that grey levels are made from.</summary>
    public required float Minimum { get; init; }

    /// <summary>Largest of them.</summary>
    public required float Maximum { get; init; }

    /// <summary>Choices.</summary>
    public required MapSettings Settings { get; init; }

    /// <summary>Maps of the voxels themselves, before those of <see cref="MapSettings.Features"/>.</summary>
    public IReadOnlyList<IndicatorMap> Indicators { get; init; } = [];

    /// <summary>Names of all maps, in the order of their values in a brick's blob.</summary>
    internal IReadOnlyList<string> MapNames() => [.. Indicators.Select(i => i.Name), .. Settings.Features.Select(f => $"{ImageType}_{f}")];

    /// <summary>The grey levels of the whole region.</summary>
    internal LevelScale Scale(VoxelMapSettings kernel) => new(Minimum, Maximum, kernel.Bins);
}

/// <summary>An indicator of the study, voxel by voxel: the intensity times a factor.</summary>
/// <param name="Name">Such as <c>SIR</c>.</param>
/// <param name="Factor">One over the mean of the reference tissue for a signal intensity ratio, 1 for the ADC and for enhancement.</param>
public sealed record IndicatorMap(string Name, double Factor);

/// <summary>A box of voxels of a subject, and how many of them belong to the region.</summary>
/// <param name="Box">In voxels of the stored volumes.</param>
/// <param name="RegionVoxels">At least one.</param>
public readonly record struct RegionBox(VoxelBox Box, long RegionVoxels);
