using HccPipeline.Contracts;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>What a profile's choices must fulfil beyond their types.</summary>
internal static class ProfileChecks
{
    /// <summary>What is wrong: the key, and the rest of the sentence.</summary>
    public static IEnumerable<(string Key, string Problem)> Of(ExtractionProfile profile)
    {
        if (profile.T2Ratio.Reference == Region.Lesion)
            yield return ("t2_ratio.reference", "is the lesion itself; use MuscleReference, SpleenReference or LiverReference.");
        if (profile.Adc.Source is not ("map-or-fit" or "map" or "fit"))
            yield return ("adc.source", $"'{profile.Adc.Source}' is not known; use map-or-fit, map or fit.");
        if (profile.Adc.Method is not ("log-linear" or "weighted-least-squares"))
            yield return ("adc.method", $"'{profile.Adc.Method}' is not known; use log-linear or weighted-least-squares.");
        if (!(profile.Adc.LowestBValue >= 0))
            yield return ("adc.lowest_b_value", "must not be negative.");
        if (!(profile.Adc.NoiseFloor >= 0))
            yield return ("adc.noise_floor", "must not be negative.");
        foreach ((string Key, string Problem) problem in VoxelChecks.Of(profile))
            yield return problem;
        foreach ((string name, FeatureChoices? choices) in new[] { ("T2", profile.Features.T2), ("ADC", profile.Features.Adc), ("image", profile.Features.Image) })
        {
            foreach ((string key, string problem) in choices is null ? [] : Of(choices, profile.Convention))
                yield return ($"features.{name}.{key}", problem);
        }
    }

    private static IEnumerable<(string Key, string Problem)> Of(FeatureChoices c, Convention convention) =>
    [
        .. Sizes(c), .. Intensities(c), .. Interpolation(c.Interpolation), .. Discretisation(c, convention), .. Texture(c, convention), .. Names(c, convention), .. Filters(c),
    ];

    private static IEnumerable<(string, string)> Sizes(FeatureChoices c)
    {
        if (!(c.FractionThreshold is > 0 and <= 1))
            yield return ("fraction_threshold", "must be above 0 and at most 1.");
        if (c.MinimumVoxels < 1)
            yield return ("minimum_voxels", "must be 1 or more.");
        if (c.MinimumDimensions is < 0 or > 3)
            yield return ("minimum_dimensions", "must be 0 to 3.");
        if (c.CropMargin < 0)
            yield return ("crop_margin", "must not be negative.");
        if (c.Mask.Channel < 0)
            yield return ("mask.channel", "must not be negative.");
        if (c.Mask.Tolerance is { } tolerance && !IsPositive(tolerance))
            yield return ("mask.tolerance", "must be a positive number.");
    }

    private static IEnumerable<(string, string)> Intensities(FeatureChoices c)
    {
        if (c.Normalisation is { Method: not Normalisation.ZScore } n && (n.Scale != 1 || n.Clip is not null))
            yield return ("normalisation", "has a scale or a clip, which only a z-score has.");
        if (!IsPositive(c.Normalisation.Scale))
            yield return ("normalisation.scale", "must be a positive number.");
        if (c.Normalisation.Clip is { } clip && !IsPositive(clip))
            yield return ("normalisation.clip", "must be a positive number.");
        if (c.Resegmentation.Lowest > c.Resegmentation.Highest)
            yield return ("resegmentation", "has a lowest intensity above the highest.");
        if (c.Resegmentation.OutlierSigmas is { } sigmas && !IsPositive(sigmas))
            yield return ("resegmentation.outlier_sigmas", "must be a positive number.");
        if (!double.IsFinite(c.VoxelArrayShift))
            yield return ("voxel_array_shift", "must be a number.");
    }

    private static IEnumerable<(string, string)> Interpolation(InterpolationChoices? c)
    {
        if (c is null)
            yield break;
        if (c.SpacingMm.Length != 3 || !Array.TrueForAll(c.SpacingMm, mm => mm >= 0 && double.IsFinite(mm)))
            yield return ("interpolation.spacing_mm", "must be three numbers in mm along x, y and z; 0 keeps the image's own.");
        if (!(c.PartialVolumeThreshold is > 0 and <= 1))
            yield return ("interpolation.partial_volume_threshold", "must be above 0 and at most 1.");
        if (c.Margin < 0)
            yield return ("interpolation.margin", "must not be negative.");
    }

    private static IEnumerable<(string, string)> Discretisation(FeatureChoices c, Convention convention)
    {
        foreach ((string prefix, double? width, int? count) in new[] { ("", c.BinWidth, c.BinCount), ("volume_histogram_", c.VolumeHistogramBinWidth, c.VolumeHistogramBinCount) })
        {
            if (width is { } w && !IsPositive(w))
                yield return ($"{prefix}bin_width", "must be a positive number.");
            if (count < 1)
                yield return ($"{prefix}bin_count", "must be 1 or more.");
            if (width is not null && count is not null)
                yield return ($"{prefix}bin_count", $"and {prefix}bin_width exclude each other.");
        }
        if (convention == Convention.Ibsi)
        {
            if (c.VoxelArrayShift != 0)
                yield return ("voxel_array_shift", "is PyRadiomics' alone; this profile's convention is ibsi.");
            yield break;
        }
        if (c.BinWidth is null && c.BinCount is null)
            yield return ("bin_width", "or bin_count is missing; one of them must be set in PyRadiomics' convention.");
        if (c.VolumeHistogramBinWidth is not null || c.VolumeHistogramBinCount is not null)
            yield return ("volume_histogram_bin_width", "or volume_histogram_bin_count is set, but the histogram is IBSI's alone; this profile's convention is pyradiomics.");
        if (c.Aggregations.Length > 0)
            yield return ("aggregations", "are IBSI's alone; PyRadiomics averages over the directions in 3D.");
    }

    private static IEnumerable<(string, string)> Texture(FeatureChoices c, Convention convention)
    {
        if (convention == Convention.Ibsi)
        {
            if (!c.Texture.SameAs(new()) || Array.Exists(c.Filters, f => f.Texture is not null))
                yield return ("texture", "is PyRadiomics' alone; this profile's convention is ibsi, which has aggregations.");
            if (c.Resegmentation.Mode != ResegmentationMode.Absolute)
                yield return ("resegmentation.mode", "is PyRadiomics' alone; this profile's convention is ibsi, which has bounds and outlier_sigmas.");
        }
        foreach (TextureChoices t in c.Filters.Select(f => f.Texture).Append(c.Texture).OfType<TextureChoices>())
        {
            if (t.Distances.Length == 0 || Array.Exists(t.Distances, d => d < 1))
                yield return ("texture.distances", "must be whole numbers of voxels, 1 or more.");
            if (t.DependenceTolerance < 0)
                yield return ("texture.dependence_tolerance", "must not be negative.");
        }
    }

    private static IEnumerable<(string, string)> Names(FeatureChoices c, Convention convention)
    {
        string[] classes = [.. FeatureClasses.Of(convention)];
        foreach (string name in c.Classes.Except(classes, StringComparer.Ordinal))
            yield return ("classes", $"'{name}' is not known; use {string.Join(", ", classes)}.");
        foreach (string name in c.Features.Except(FeatureClasses.Features(convention), StringComparer.Ordinal))
            yield return ("features", $"'{name}' is not known; 'hcc features list' prints what is.");
        if (!c.Original && c.Filters.Length == 0)
            yield return ("original", "is false and there are no filters, which leaves nothing to describe.");
    }

    private static IEnumerable<(string, string)> Filters(FeatureChoices c)
    {
        for (int i = 0; i < c.Filters.Length; i++)
        {
            foreach ((string key, string problem) in FilterChecks.Of(c.Filters[i]))
                yield return ($"filters[{i}]{key}", problem);
        }
        if (c.Filters.Any(f => f.Type == FilterKind.Unknown))
            yield break;
        foreach (var same in c.Filters.Select(FilterFactory.NameOf).Concat(c.Original ? ["original"] : []).GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return ("filters", $"has {same.Count()} images named {same.Key}; give each a name of its own.");
    }

    /// <summary>Whether a number is above 0 and finite.</summary>
    public static bool IsPositive(double value) => value > 0 && double.IsFinite(value);
}
