using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>What a profile's choices of voxel maps must fulfil beyond their types.</summary>
internal static class VoxelChecks
{
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
            foreach (string problem in names.Length == 0 ? [] : Of(names, indicator, choices, profile.Convention))
                yield return ($"voxel.{key}", problem);
        }
        foreach (string name in (voxel.Dce ?? []).Where(n => n is not (VoxelChoices.ArterialEnhancement or VoxelChoices.Washout)))
            yield return ("voxel.DCE", $"'{name}' has no map; use {VoxelChoices.ArterialEnhancement} or {VoxelChoices.Washout}.");
        if (voxel.Dce is { Length: > 0 } && profile.Enhancement is null)
            yield return ("voxel.DCE", "asks for maps of enhancement, which the profile does not measure; add the section enhancement.");
    }

    /// <summary>What is wrong with choices for one kind of image whose voxels are mapped.</summary>
    public static IEnumerable<string> Of(string[] names, string? indicator, FeatureChoices choices, Convention convention)
    {
        foreach (string name in names.Where(n => n != indicator && !VoxelFeatures.Classes.Contains(n) && !VoxelFeatures.All.Contains(n)))
            yield return $"'{name}' has no map; use {string.Join(", ", VoxelFeatures.Classes)} or their features{(indicator is null ? "" : $", or {indicator}")}.";
        if (convention != Convention.PyRadiomics)
            yield return "asks for maps, which are of PyRadiomics' convention; this profile's is ibsi.";
        if (!(choices.Texture with { BySlice = null }).SameAs(new()))
            yield return "asks for maps, which know no other distances, weights, tolerance or one-way pairs of texture.";
        if (indicator is not null && names.Contains(indicator) && (choices.Normalisation.Method != Normalisation.None || !choices.Original))
            yield return $"asks for {indicator}, which is of the image as it is: leave out normalisation and keep original.";
    }
}
