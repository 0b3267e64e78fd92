using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>The one call: image, region and choices in, named values out.</summary>
public static class RegionExtraction
{
    /// <summary>Image type of the image itself.</summary>
    public const string Original = "original";

    /// <summary>Normalises, prepares, filters and computes.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid; every value but 0 is inside.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="reference">Reference region on the same grid, where the normalisation needs one.</param>
    /// <returns>Values by name, the original image's first, shape last.</returns>
    /// <exception cref="RegionException">A feature can't be computed from this region; the message names the cause.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static IReadOnlyList<FeatureValue> Of(
        Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference = null)
    {
        PreparedRegion region = Prepare(image, mask, settings, reference);
        List<FeatureValue> all = [];
        foreach (RegionImage one in Images(region, settings))
            all.AddRange(OfImage(one.Region, one.Settings, one.Name));
        if (settings.Convention == Convention.PyRadiomics && settings.Families?.Contains(FeatureFamily.Shape) != false)
            all.AddRange(Shape.Of(region.Shape).ToValues());
        return all;
    }

    /// <summary>The images that the choices ask for, as features and voxel maps are computed from them: the image itself, then the filters' responses.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="reference">Reference region on the same grid, where the normalisation needs one.</param>
    /// <returns>Images one after the other; none is held longer than the caller holds it.</returns>
    /// <exception cref="RegionException">Nothing, or not enough, is left of the region.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static IEnumerable<RegionImage> Images(
        Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference = null) =>
        Images(Prepare(image, mask, settings, reference), settings);

    private static IEnumerable<RegionImage> Images(PreparedRegion region, ExtractionSettings settings)
    {
        if (settings.Original)
            yield return new(Original, region, settings);
        foreach (ImageFilter filter in settings.Filters)
        {
            ExtractionSettings own = filter.Bins is { } bins ? settings with { Preparation = settings.Preparation with { Bins = bins } } : settings;
            yield return new(filter.Name, region with { Image = filter.Apply(region.Image) }, own);
        }
    }

    private static PreparedRegion Prepare(Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference)
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
        return region;
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
        if (settings.Families is { } wanted && wanted.All(f => f == FeatureFamily.Shape))
            return [];
        if (settings.Convention == Convention.Ibsi)
            return IbsiFeatures.Of(region, settings.Preparation, settings.Families, filter);
        return PyRadiomicsFeatures.OfImage(
            region.Image, region.Intensity, filter, settings.Preparation.Bins, settings.VoxelArrayShift, settings.Families);
    }
}
