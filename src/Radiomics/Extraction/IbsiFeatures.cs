using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Every family of the IBSI manual of one region, in IBSI's convention.</summary>
public static class IbsiFeatures
{
    /// <summary>Bins of an intensity-volume histogram of intensities that are not whole numbers.</summary>
    private const int ContinuousBins = 1_000;

    /// <summary>Prepares a region and computes its features.</summary>
    /// <exception cref="RegionException">Nothing is left of the region, or a family is not defined for it.</exception>
    /// <exception cref="ArgumentException">Image and mask lie on different grids.</exception>
    public static IReadOnlyList<FeatureValue> Of(Volume<float> image, Volume<byte> mask, IbsiSettings settings) =>
        Of(PreparedRegion.Of(image, mask, settings), settings);

    /// <summary>Computes the features of a prepared region.</summary>
    /// <param name="region">Image and masks.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="families">Families wanted; null for all.</param>
    /// <param name="filter">Image type in front of the names.</param>
    /// <param name="parallel">How many families at the same time; null for one. The values do not depend on it.</param>
    /// <exception cref="RegionException">A family is not defined for the region.</exception>
    public static IReadOnlyList<FeatureValue> Of(
        PreparedRegion region, IbsiSettings settings, IReadOnlySet<FeatureFamily>? families = null, string filter = "original",
        ParallelOptions? parallel = null)
    {
        float[] roi = Mask.Gather(region.Image, region.Intensity);
        GreyLevels levels = Discretiser.Discretise(roi, Anchored(settings.Bins, settings), Convention.Ibsi);
        List<IndependentPart> parts = [];
        void Add(FeatureFamily family, int weight, Func<double[]> values)
        {
            if (families?.Contains(family) != false)
                parts.Add(new(weight, () => FeatureCatalogue.Values(family, filter, values(), Convention.Ibsi)));
        }
        Add(FeatureFamily.Morphology, 100, () => Morphology.Features(region.Image, region.Shape, region.Intensity));
        Add(FeatureFamily.LocalIntensity, 50, () => LocalIntensity.Features(region.Image, region.Intensity));
        Add(FeatureFamily.IntensityStatistics, 2, () => DistributionStatistics.Of(roi).Intensity());
        Add(FeatureFamily.IntensityHistogram, 1, () => IntensityHistogram.Features(levels));
        Add(FeatureFamily.IntensityVolumeHistogram, 1, () => VolumeHistogram(roi, settings));
        LevelGrid grid = new(region.Intensity, levels);
        foreach (Aggregation aggregation in settings.Aggregations)
            parts.AddRange(TextureFeatures.Parts(grid, region.Shape, aggregation, Convention.Ibsi, filter, families));
        // Families without directions have one value where two aggregations differ in directions only.
        return [.. IndependentParts.Values(parts, parallel).DistinctBy(v => (v.Name, v.Tag))];
    }

    private static Discretisation Anchored(Discretisation bins, IbsiSettings settings) =>
        bins is { BinWidth: { } width, LowestEdge: null } && settings.LowestIntensity is { } lowest
            ? Discretisation.FixedBinSize(width, lowest)
            : bins;

    private static double[] VolumeHistogram(float[] roi, IbsiSettings settings)
    {
        (float min, float max) = IntensityRange.Of(roi);
        Discretisation bins = Anchored(settings.VolumeHistogramBins, settings);
        double low = settings.LowestIntensity ?? min, high = settings.HighestIntensity ?? max;
        if (bins is { BinWidth: null, BinCount: null })
        {
            // Whole numbers, as Hounsfield units, are an axis by themselves; others are cut into a thousand.
            if (high == low || Array.TrueForAll(roi, float.IsInteger))
                return IntensityVolumeHistogram.Features(roi, low, high, 1);
            bins = Discretisation.FixedBinSize((high - low) / ContinuousBins, low);
        }
        GreyLevels levels = Discretiser.Discretise(roi, bins, Convention.Ibsi);
        if (bins.BinWidth is not { } width)
            return IntensityVolumeHistogram.Features([.. levels.Levels.Select(level => (float)level)], 1, levels.HighestLevel, 1);
        // Levels of a fixed width stand for the centres of their bins.
        double first = (bins.LowestEdge ?? min) + width / 2;
        double last = settings.HighestIntensity is { } highest ? highest - width / 2 : first + (levels.HighestLevel - 1) * width;
        return IntensityVolumeHistogram.Features([.. levels.Levels.Select(level => (float)(first + (level - 1) * width))], first, last, width);
    }
}
