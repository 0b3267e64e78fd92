using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>What a profile's choices of voxel maps must fulfil beyond their types.</summary>
internal static class VoxelChecks
{
    /// <summary>Choices of texture that kernels have one of only: as profiles and as PyRadiomics name them, the classes whose values depend on them,
    /// the choice there is, and another one in words.</summary>
    private static readonly (string Key, string PyRadiomics, string[] Classes, string Only, Func<TextureChoices, string?> Other)[] Fixed =
    [
        ("distances", "distances", ["glcm", "gldm", "ngtdm"], "1", t => t.Distances is [1] ? null : string.Join(", ", t.Distances)),
        ("weighting", "weightingNorm", ["glcm", "glrlm"], "none", t => t.Weighting == DistanceWeighting.None ? null : NamedValueConverter.Written(t.Weighting)),
        ("symmetrical", "symmetricalGLCM", ["glcm"], "true", t => t.Symmetrical ? null : "false"),
        ("dependence_tolerance", "gldm_a", ["gldm"], "0", t => t.DependenceTolerance == 0 ? null : $"{t.DependenceTolerance}"),
    ];

    /// <summary>What is wrong: the key, and the rest of the sentence.</summary>
    public static IEnumerable<(string Key, string Problem)> Of(ExtractionProfile profile)
    {
        VoxelChoices voxel = profile.Voxel;
        if (voxel.KernelRadius is < 1 or > VoxelMapSettings.MaxKernelRadius)
            yield return ("voxel.kernel_radius", $"must be 1 to {VoxelMapSettings.MaxKernelRadius}.");
        FeatureProfiles features = profile.Features.Resolved();
        foreach ((string key, string[] names, string? indicator, FeatureChoices choices) in new[]
        {
            ("T2", voxel.T2, VoxelChoices.SignalRatio, features.T2!), ("ADC", voxel.Adc, VoxelChoices.Diffusion, features.Adc!), ("image", voxel.Image, (string?)null, features.Image!),
        })
        {
            foreach (string problem in Of(names, indicator, choices, profile.Convention))
                yield return ($"voxel.{key}", problem);
        }
        foreach (string name in (voxel.Dce ?? []).Where(n => n is not (VoxelChoices.ArterialEnhancement or VoxelChoices.Washout)))
            yield return ("voxel.DCE", $"'{name}' has no map; use {VoxelChoices.ArterialEnhancement} or {VoxelChoices.Washout}.");
        if (voxel.Dce is { Length: > 0 } && profile.Enhancement is null)
            yield return ("voxel.DCE", "asks for maps of enhancement, which the profile does not measure; add the section enhancement.");
    }

    /// <summary>What is wrong with choices for one kind of image whose voxels are mapped, as the rest of a sentence.</summary>
    /// <param name="names">Maps asked for: classes, features and the indicator.</param>
    /// <param name="indicator">The indicator that this kind of image has; null for none.</param>
    /// <param name="choices">Choices for this kind of image.</param>
    /// <param name="convention">Convention.</param>
    public static IEnumerable<string> Of(IReadOnlyCollection<string> names, string? indicator, FeatureChoices choices, Convention convention)
    {
        string[] features = [.. names.Where(n => n != indicator)];
        foreach (string name in features.Where(n => !VoxelFeatures.Classes.Contains(n) && !VoxelFeatures.All.Contains(n)))
            yield return $"asks for '{name}', which has no map; use {string.Join(", ", VoxelFeatures.Classes)} or their features{(indicator is null ? "" : $", or {indicator}")}.";
        if (features.Length > 0 && convention != Convention.PyRadiomics)
            yield return "asks for maps of features, which are of PyRadiomics' convention; this profile's is ibsi. Choose a profile of convention pyradiomics.";
        HashSet<string> classes = [.. features.Select(n => n.Contains('_', StringComparison.Ordinal) ? FeatureClasses.ClassOf(n) : n)];
        foreach ((string image, TextureChoices texture) in Textures(choices))
        {
            foreach (var (key, pyRadiomics, dependent, only, other) in Fixed)
            {
                if (other(texture) is { } value && Array.Find(dependent, classes.Contains) is { } mapped)
                    yield return $"asks for maps of {mapped}, which know no texture.{key} ({pyRadiomics}) but {only}; of {image} it is {value}. Leave it out, or {mapped} out of the maps.";
            }
        }
        if (indicator is not null && names.Contains(indicator) && (choices.Normalisation.Method != Normalisation.None || !choices.Original))
            yield return $"asks for {indicator}, which is of the image as it is: leave out normalisation and keep original.";
    }

    /// <summary>The texture of each image, a filter's own where it has one.</summary>
    private static IEnumerable<(string Image, TextureChoices Texture)> Textures(FeatureChoices choices) =>
    [
        .. choices.Original ? [("original", choices.Texture)] : Array.Empty<(string, TextureChoices)>(),
        .. choices.Filters.Where(f => f.Type != FilterKind.Unknown).Select(f => (FilterFactory.NameOf(f), f.Texture ?? choices.Texture)),
    ];
}
