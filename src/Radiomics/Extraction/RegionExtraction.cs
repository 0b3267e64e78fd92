using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>The one call: image, region and choices in, named values out.</summary>
public static class RegionExtraction
{
    private const int WeightOfImage = 40, WeightOfShape = 4;

    /// <summary>Normalises, prepares, filters and computes.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid; every value but 0 is inside.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="reference">Reference region on the same grid, where the normalisation needs one.</param>
    /// <param name="parallel">How many images and families at the same time; null for one. Values and errors do not depend on it. Images
    /// have families, so that what limits both at once is the options' scheduler.</param>
    /// <returns>Values by name, the original image's first, shape last; <see cref="RegionImage.LeftOut"/> tells which filtered images are not among them.</returns>
    /// <exception cref="RegionException">A feature can't be computed from this region; the message names the cause.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static IReadOnlyList<FeatureValue> Of(
        Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference = null, ParallelOptions? parallel = null)
    {
        PreparedRegion region = PreparedRegion.Of(image, mask, settings, reference);
        List<IndependentPart> parts = [.. RegionImage.Of(region, settings).Select(one => new IndependentPart(WeightOfImage, () => OfImage(one, parallel)))];
        if (settings.Convention == Convention.PyRadiomics)
            parts.Add(new(WeightOfShape, () => OfShape(ShapeMask(region, settings.Preparation), settings)));
        return IndependentParts.Values(parts, parallel);
    }

    /// <summary>The mask that PyRadiomics measures the shape of: as drawn, but cut to the box of what re-segmentation left.</summary>
    private static Volume<byte> ShapeMask(PreparedRegion region, IbsiSettings settings)
    {
        VoxelBox box = Mask.BoundingBox(region.Intensity);
        bool resegmented = settings.LowestIntensity is not null || settings.HighestIntensity is not null || settings.OutlierSigmas is not null;
        return resegmented && box != Mask.BoundingBox(region.Shape) ? Cropping.To(region.Shape, box) : region.Shape;
    }

    private static List<FeatureValue> OfShape(Volume<byte> mask, ExtractionSettings settings)
    {
        List<FeatureValue> all = [];
        if (settings.Families?.Contains(FeatureFamily.Shape) != false)
            all.AddRange(Shape.Of(mask).ToValues());
        if (settings.Families?.Contains(FeatureFamily.OnRequest) == true)
            all.AddRange(Shape.Of(mask).ToValuesOnRequest());
        if (settings.Families?.Contains(FeatureFamily.Shape2D) == true)
            all.AddRange(Shape2D.Of(mask, settings.Texture.BySlice ?? Axis.Z).ToValues());
        return all;
    }

    private static IReadOnlyList<FeatureValue> OfImage(RegionImage image, ParallelOptions? parallel)
    {
        ExtractionSettings settings = image.Settings;
        // Shape is the mask's alone: intensities that can't be discretised are no reason to refuse it.
        if (settings.Families is { } wanted && wanted.All(f => f is FeatureFamily.Shape or FeatureFamily.Shape2D))
            return [];
        PreparedRegion region = image.Make();
        if (settings.Convention == Convention.Ibsi)
            return IbsiFeatures.Of(region, settings.Preparation, settings.Families, image.Name, parallel);
        return PyRadiomicsFeatures.OfImage(
            region.Image, region.Intensity, image.Name, settings.Preparation.Bins, settings.VoxelArrayShift, settings.Families, settings.Texture, parallel);
    }
}
