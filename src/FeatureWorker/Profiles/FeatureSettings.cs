using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>A profile's choices as settings of the extraction.</summary>
public static class FeatureSettings
{
    /// <summary>The settings.</summary>
    /// <param name="choices">Choices that were checked, in the unit of the image.</param>
    /// <param name="convention">Convention.</param>
    /// <param name="factor">From intensities to the unit of the image: widths, ranges and shifts are divided by it.</param>
    public static ExtractionSettings Of(FeatureChoices choices, Convention convention, double factor = 1)
    {
        ResegmentationChoices range = choices.Resegmentation;
        IbsiSettings preparation = new()
        {
            Margin = choices.CropMargin,
            ResegmentationMode = range.Mode,
            ResegmentShape = range.Shape,
            LowestIntensity = range.Mode == ResegmentationMode.Absolute ? range.Lowest / factor : range.Lowest,
            HighestIntensity = range.Mode == ResegmentationMode.Absolute ? range.Highest / factor : range.Highest,
            OutlierSigmas = range.OutlierSigmas,
            Bins = Bins(choices.BinWidth, choices.BinCount, factor),
            VolumeHistogramBins = Bins(choices.VolumeHistogramBinWidth, choices.VolumeHistogramBinCount, factor),
        };
        if (choices.Aggregations.Length > 0)
            preparation = preparation with { Aggregations = choices.Aggregations };
        if (choices.Interpolation is { } interpolation)
        {
            double[] mm = interpolation.SpacingMm;
            preparation = preparation with
            {
                SpacingMm = new Vector3D(mm[0], mm[1], mm[2]),
                Alignment = interpolation.Alignment,
                Margin = interpolation.Alignment == GridAlignment.Corner ? interpolation.Margin : choices.CropMargin,
                ImageInterpolation = interpolation.Image,
                MaskInterpolation = interpolation.Mask,
                PartialVolumeThreshold = interpolation.PartialVolumeThreshold,
                RoundIntensities = interpolation.Round,
            };
        }
        return new()
        {
            Convention = convention,
            Families = Families(choices),
            Normalisation = choices.Normalisation.Method,
            NormalisationScale = choices.Normalisation.Scale,
            NormalisationClip = choices.Normalisation.Clip,
            Preparation = preparation,
            VoxelArrayShift = choices.VoxelArrayShift / factor,
            MinimumVoxels = choices.MinimumVoxels,
            MinimumDimensions = choices.MinimumDimensions,
            Texture = choices.Texture.ToSettings(),
            Original = choices.Original,
            Filters = [.. choices.Filters.Select(f => FilterFactory.Create(f, factor))],
        };
    }

    /// <summary>Whether a value was asked for: its class, or the feature itself.</summary>
    /// <param name="choices">Choices.</param>
    /// <param name="name">Name with its image type.</param>
    public static bool Wants(FeatureChoices choices, string name)
    {
        if (WantsAll(choices))
            return true;
        string feature = name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
        return (choices.Classes.Contains(FeatureClasses.ClassOf(feature)) && FeatureClasses.IsInWholeClass(feature)) || choices.Features.Contains(feature);
    }

    private static HashSet<FeatureFamily>? Families(FeatureChoices choices) => WantsAll(choices)
        ? null
        : [.. choices.Classes.Select(FeatureClasses.FamilyOf), .. choices.Features.Select(FeatureClasses.FamilyOfFeature)];

    private static bool WantsAll(FeatureChoices choices) => choices.Classes.Length + choices.Features.Length == 0;

    private static Discretisation Bins(double? width, int? count, double factor) =>
        width is { } w ? Discretisation.FixedBinSize(w / factor)
        : count is { } n ? Discretisation.FixedBinNumber(n)
        : Discretisation.None;
}
