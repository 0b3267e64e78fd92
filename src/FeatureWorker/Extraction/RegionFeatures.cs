using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>The features that a profile asks for, of one region.</summary>
public static class RegionFeatures
{
    /// <summary>Computes them: volume, mask and profile in, named values out.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid; every value but 0 is inside.</param>
    /// <param name="profile">Profile; its choices for an image of any kind hold.</param>
    /// <param name="reference">Reference region, where the profile normalises by one.</param>
    /// <param name="parallel">How many images and families at the same time; null for one. The values do not depend on it.</param>
    /// <exception cref="RegionException">The region can't give a feature; the message names the cause.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static IReadOnlyList<FeatureValue> Compute(
        Volume<float> image, Volume<byte> mask, HashedProfile profile, Volume<byte>? reference = null, ParallelOptions? parallel = null) =>
        Compute(new(image, mask) { Reference = reference }, profile.Profile.Features.Image!, profile.Profile.Convention, parallel);

    /// <summary>Computes the features of a measured region.</summary>
    /// <param name="region">Image and masks.</param>
    /// <param name="choices">Choices, in the unit of the sequence.</param>
    /// <param name="convention">Convention.</param>
    /// <param name="parallel">How many images and families at the same time; null for one.</param>
    internal static IReadOnlyList<FeatureValue> Compute(MeasuredRegion region, FeatureChoices choices, Convention convention, ParallelOptions? parallel = null)
    {
        bool whole = choices.Interpolation?.KeepWhole == true && choices.Normalisation.Method == Normalisation.None && IsWhole(region.Image);
        // Normalised intensities have no unit left to convert.
        double factor = choices.Normalisation.Method == Normalisation.None ? region.Factor : 1;
        if (factor != 1 && !Scales(choices))
        {
            region = region with { Image = InUnit(region.Image, factor) };
            (factor, whole) = (1, false);
        }
        ExtractionSettings settings = FeatureSettings.Of(choices, convention, factor);
        settings = settings with { Preparation = settings.Preparation with { LeaveOutWithoutValue = region.LeaveOutWithoutValue, TruncateIntensities = whole } };
        return
        [
            .. RegionExtraction.Of(region.Image, region.Mask, settings, region.Reference, parallel)
                .Where(v => FeatureSettings.Wants(choices, v.Name))
                .Select(v => v with { Value = v.Value * ScaleOf(v.Unit, factor) }),
        ];
    }

    /// <summary>The images that a profile asks for of one region, in the unit of the sequence: what voxel maps are made from.</summary>
    /// <param name="region">Image and masks.</param>
    /// <param name="choices">Choices, in the unit of the sequence.</param>
    /// <param name="convention">Convention.</param>
    /// <exception cref="RegionException">The region can't be used; the message names the cause.</exception>
    internal static IReadOnlyList<RegionImage> Images(MeasuredRegion region, FeatureChoices choices, Convention convention)
    {
        bool asStored = choices.Normalisation.Method == Normalisation.None, scales = asStored && region.Factor != 1;
        ExtractionSettings settings = FeatureSettings.Of(choices, convention);
        settings = settings with
        {
            Preparation = settings.Preparation with
            {
                LeaveOutWithoutValue = region.LeaveOutWithoutValue,
                TruncateIntensities = choices.Interpolation?.KeepWhole == true && asStored && !scales && IsWhole(region.Image),
            },
        };
        return RegionImage.Of(scales ? InUnit(region.Image, region.Factor) : region.Image, region.Mask, settings, region.Reference);
    }

    /// <summary>Whether an image is stored in whole numbers; where its file did not say, whether all its values are.</summary>
    private static bool IsWhole(Volume<float> image) => image.StoredWhole ?? Array.TrueForAll(image.Voxels.ToArray(), float.IsInteger);

    /// <summary>Whether features of scaled intensities are features of the intensities, scaled.</summary>
    private static bool Scales(FeatureChoices choices) =>
        choices.Interpolation?.Round != true && !Array.Exists(choices.Filters, f => f.Type is FilterKind.Logarithm or FilterKind.Exponential);

    private static Volume<float> InUnit(Volume<float> image, double factor)
    {
        Volume<float> result = new(image.Geometry);
        for (int i = 0; i < result.Voxels.Length; i++)
            result.Voxels[i] = (float)(image.Voxels[i] * factor);
        return result;
    }

    /// <summary>How a feature scales with the unit of the intensities, by the catalogue's unit.</summary>
    private static double ScaleOf(string unit, double factor) =>
        unit.StartsWith("intensity²", StringComparison.Ordinal) ? factor * factor
        : unit.StartsWith("intensity", StringComparison.Ordinal) ? factor
        : 1;
}
