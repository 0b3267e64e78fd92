using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>The maps that a profile asks for of one kind of image.</summary>
/// <param name="Features">Features to map.</param>
/// <param name="Indicator">Name of the sequence's own map; null where it is not wanted.</param>
public sealed record WantedMaps(IReadOnlyList<string> Features, string? Indicator)
{
    /// <summary>Reads a list of a profile's <c>voxel</c> section.</summary>
    /// <param name="names">Feature classes, features, and the indicator.</param>
    /// <param name="indicator">Name of the indicator that this kind of image has; null for none.</param>
    /// <exception cref="ArgumentException">A name is not known.</exception>
    public static WantedMaps Of(IReadOnlyCollection<string> names, string? indicator)
    {
        string[] features = [.. names.Where(n => n != indicator)];
        return new(features.Length == 0 ? [] : VoxelFeatures.Resolve(features), names.Contains(indicator) ? indicator : null);
    }

    /// <summary>The maps of an image that is given by itself: those that the profile lists, else those of the features chosen for it, as PyRadiomics has it.</summary>
    /// <param name="profile">Profile.</param>
    /// <exception cref="ProfileException">A name is not known, nothing is left to map, or the kernels can't follow a choice that a map depends on.</exception>
    public static WantedMaps OfImage(ExtractionProfile profile)
    {
        FeatureChoices choices = profile.Features.Resolved().Image!;
        IReadOnlyCollection<string> names = profile.Voxel.Image.Length > 0 ? profile.Voxel.Image : MappedOf(choices);
        // A list of the profile's own was looked at when it was read; what is mapped for want of one, or from a command line, was not.
        foreach (string problem in VoxelChecks.Of(names, null, choices, profile.Convention))
            throw new ProfileException($"The extraction {problem}");
        return names.Count > 0
            ? Of(names, null)
            : throw new ProfileException($"The extraction asks for maps, but none of its features has one: name some of {string.Join(", ", VoxelFeatures.Classes)}, or their features.");
    }

    private static IReadOnlyCollection<string> MappedOf(FeatureChoices choices) => choices.Classes.Length + choices.Features.Length == 0
        ? VoxelFeatures.All
        : [.. choices.Classes.Concat(choices.Features).Where(n => VoxelFeatures.Classes.Contains(n) || VoxelFeatures.All.Contains(n))];

    /// <summary>Choices of the kernels for one image.</summary>
    /// <param name="voxel">The profile's choices.</param>
    /// <param name="image">Choices as they hold for the image.</param>
    internal MapSettings Settings(VoxelChoices voxel, ExtractionSettings image) => new()
    {
        KernelRadius = voxel.KernelRadius,
        MaskedKernel = voxel.MaskedKernel,
        FlatAxis = image.Texture.BySlice,
        BinWidth = image.Preparation.Bins.BinWidth,
        BinCount = image.Preparation.Bins.BinCount,
        VoxelArrayShift = image.VoxelArrayShift,
        Features = Features,
    };
}
