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
    /// <returns>Values by name, the original image's first, shape last.</returns>
    /// <exception cref="RegionException">A feature can't be computed from this region; the message names the cause.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static IReadOnlyList<FeatureValue> Of(
        Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference = null, ParallelOptions? parallel = null)
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
        List<IndependentPart> parts = [];
        if (settings.Original)
            parts.Add(new(WeightOfImage, () => OfImage(region, settings, "original", parallel)));
        foreach (ImageFilter filter in settings.Filters)
        {
            ExtractionSettings own = filter.Bins is { } bins ? settings with { Preparation = settings.Preparation with { Bins = bins } } : settings;
            parts.Add(new(WeightOfImage, () => OfImage(region with { Image = filter.Apply(region.Image) }, own, filter.Name, parallel)));
        }
        if (settings.Convention == Convention.PyRadiomics && settings.Families?.Contains(FeatureFamily.Shape) != false)
            parts.Add(new(WeightOfShape, () => Shape.Of(region.Shape).ToValues()));
        return IndependentParts.Values(parts, parallel);
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

    private static IReadOnlyList<FeatureValue> OfImage(PreparedRegion region, ExtractionSettings settings, string filter, ParallelOptions? parallel)
    {
        // Shape is the mask's alone: intensities that can't be discretised are no reason to refuse it.
        if (settings.Families is { } wanted && wanted.All(f => f == FeatureFamily.Shape))
            return [];
        if (settings.Convention == Convention.Ibsi)
            return IbsiFeatures.Of(region, settings.Preparation, settings.Families, filter, parallel);
        return PyRadiomicsFeatures.OfImage(
            region.Image, region.Intensity, filter, settings.Preparation.Bins, settings.VoxelArrayShift, settings.Families, parallel);
    }
}
