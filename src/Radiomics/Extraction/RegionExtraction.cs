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
    /// <returns>Values by name, the original image's first, shape last; <see cref="LeftOut"/> tells which filtered images are not among them.</returns>
    /// <exception cref="RegionException">A feature can't be computed from this region; the message names the cause.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static IReadOnlyList<FeatureValue> Of(
        Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference = null)
    {
        Volume<float> normalised = settings.Normalisation switch
        {
            Normalisation.ZScore => IntensityNormalisation.ZScore(
                image, scale: settings.NormalisationScale, clip: settings.NormalisationClip, sample: settings.Convention == Convention.PyRadiomics),
            Normalisation.ReferenceRegion => IntensityNormalisation.ByReference(
                image, reference ?? throw new ArgumentException("Normalisation by a reference region needs the region.", nameof(reference))),
            _ => image,
        };
        PreparedRegion region = PreparedRegion.Of(normalised, mask, settings.Preparation);
        RequireSize(region.Intensity, settings);
        List<FeatureValue> all = [];
        if (settings.Original)
            all.AddRange(OfImage(region, settings, "original"));
        foreach (ImageFilter filter in settings.Filters)
        {
            if (filter.TooSmall?.Invoke(region.Image.Geometry) is not null)
                continue;
            ExtractionSettings own = settings with
            {
                Preparation = filter.Bins is { } bins ? settings.Preparation with { Bins = bins } : settings.Preparation,
                Texture = filter.Texture ?? settings.Texture,
                VoxelArrayShift = filter.VoxelArrayShift ?? settings.VoxelArrayShift,
            };
            all.AddRange(OfImage(region with { Image = filter.Of(region.Image, region.Intensity) }, own, filter.Name));
        }
        if (settings.Convention == Convention.PyRadiomics)
            AddShape(all, ShapeMask(region, settings.Preparation), settings);
        return all;
    }

    /// <summary>Filtered images that are left out because the working grid is too small for them, with the reason.</summary>
    /// <param name="grid">The working grid.</param>
    /// <param name="settings">Choices.</param>
    public static IEnumerable<string> LeftOut(Geometry grid, ExtractionSettings settings) =>
        settings.Filters.Select(f => (f.Name, Why: f.TooSmall?.Invoke(grid))).Where(f => f.Why is not null).Select(f => $"{f.Name}: {f.Why}");

    /// <summary>The mask that PyRadiomics measures the shape of: as drawn, but cut to the box of what re-segmentation left.</summary>
    private static Volume<byte> ShapeMask(PreparedRegion region, IbsiSettings settings)
    {
        VoxelBox box = Mask.BoundingBox(region.Intensity);
        bool resegmented = settings.LowestIntensity is not null || settings.HighestIntensity is not null || settings.OutlierSigmas is not null;
        return resegmented && box != Mask.BoundingBox(region.Shape) ? Cropping.To(region.Shape, box) : region.Shape;
    }

    private static void AddShape(List<FeatureValue> all, Volume<byte> mask, ExtractionSettings settings)
    {
        if (settings.Families?.Contains(FeatureFamily.Shape) != false)
            all.AddRange(Shape.Of(mask).ToValues());
        if (settings.Families?.Contains(FeatureFamily.OnRequest) == true)
            all.AddRange(Shape.Of(mask).ToValuesOnRequest());
        if (settings.Families?.Contains(FeatureFamily.Shape2D) == true)
            all.AddRange(Shape2D.Of(mask, settings.Texture.BySlice ?? Axis.Z).ToValues());
    }

    private static void RequireSize(Volume<byte> region, ExtractionSettings settings)
    {
        int voxels = Mask.Count(region);
        if (voxels < settings.MinimumVoxels)
            throw new RegionException($"The region has {voxels} voxels; the choices ask for {settings.MinimumVoxels} at least.");
        VoxelBox box = Mask.BoundingBox(region);
        int dimensions = (box.SizeX > 1 ? 1 : 0) + (box.SizeY > 1 ? 1 : 0) + (box.SizeZ > 1 ? 1 : 0);
        if (dimensions < settings.MinimumDimensions)
            throw new RegionException($"The region extends along {dimensions} axes; the choices ask for {settings.MinimumDimensions} at least.");
    }

    private static IReadOnlyList<FeatureValue> OfImage(PreparedRegion region, ExtractionSettings settings, string filter)
    {
        // Shape is the mask's alone: intensities that can't be discretised are no reason to refuse it.
        if (settings.Families is { } wanted && wanted.All(f => f is FeatureFamily.Shape or FeatureFamily.Shape2D))
            return [];
        if (settings.Convention == Convention.Ibsi)
            return IbsiFeatures.Of(region, settings.Preparation, settings.Families, filter);
        return PyRadiomicsFeatures.OfImage(
            region.Image, region.Intensity, filter, settings.Preparation.Bins, settings.VoxelArrayShift, settings.Families, settings.Texture);
    }
}
