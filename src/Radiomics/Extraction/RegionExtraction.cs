using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>The one call: image, region and choices in, named values out.</summary>
public static class RegionExtraction
{
    /// <summary>Normalises, prepares, filters and computes.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid; every value but 0 is inside.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="reference">Reference region on the same grid, where the normalisation needs one.</param>
    /// <param name="parallel">How many images and families at the same time; null for one after the other. The values do not depend on it.</param>
    /// <returns>Values by name, the original image's first, shape last.</returns>
    /// <exception cref="RegionException">A feature can't be computed from this region; the message names the cause.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static IReadOnlyList<FeatureValue> Of(
        Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference = null, ParallelOptions? parallel = null)
    {
        PreparedRegion region = PreparedRegion.Of(image, mask, settings, reference);
        List<Func<IReadOnlyList<FeatureValue>>> parts = [.. RegionImage.Of(region, settings).Select(i => new Func<IReadOnlyList<FeatureValue>>(() => OfImage(i, parallel)))];
        if (settings.Convention == Convention.PyRadiomics && settings.Families?.Contains(FeatureFamily.Shape) != false)
            parts.Add(() => Shape.Of(region.Shape).ToValues());
        return IndependentParts.Values(parts, parallel);
    }

    private static IReadOnlyList<FeatureValue> OfImage(RegionImage image, ParallelOptions? parallel)
    {
        ExtractionSettings settings = image.Settings;
        // Shape is the mask's alone: intensities that can't be discretised are no reason to refuse it.
        if (settings.Families is { } wanted && wanted.All(f => f == FeatureFamily.Shape))
            return [];
        PreparedRegion region = image.Make();
        if (settings.Convention == Convention.Ibsi)
            return IbsiFeatures.Of(region, settings.Preparation, settings.Families, image.Name, parallel);
        return PyRadiomicsFeatures.OfImage(
            region.Image, region.Intensity, image.Name, settings.Preparation.Bins, settings.VoxelArrayShift, settings.Families, parallel);
    }
}
