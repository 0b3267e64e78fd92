using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>The 107 features of PyRadiomics of one region, in its convention.</summary>
public static class PyRadiomicsFeatures
{
    private const int WeightOfIntensities = 2, WeightOfTexture = 9;

    /// <summary>First-order, texture and shape features.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid; every value but 0 is inside.</param>
    /// <param name="bins">Discretisation; null: bins of width 25.</param>
    /// <param name="shift">PyRadiomics' voxelArrayShift.</param>
    /// <exception cref="RegionException">The region is empty, has intensities that are not finite, too many levels, or no neighbours.</exception>
    /// <exception cref="ArgumentException">Image and mask lie on different grids.</exception>
    public static IReadOnlyList<FeatureValue> Of(Volume<float> image, Volume<byte> mask, Discretisation? bins = null, double shift = 0) =>
        [.. OfImage(image, mask, "original", bins, shift), .. Shape.Of(mask).ToValues()];

    /// <summary>First-order and texture features of an image or of a filtered one; shape is the mask's alone.</summary>
    /// <param name="image">Intensities or filter responses.</param>
    /// <param name="mask">Region on the image's grid.</param>
    /// <param name="filter">Image type in front of the names, such as <c>original</c> or <c>log-sigma-3-mm-3D</c>.</param>
    /// <param name="bins">Discretisation; null: bins of width 25.</param>
    /// <param name="shift">PyRadiomics' voxelArrayShift.</param>
    /// <param name="families">Families wanted; null for all.</param>
    /// <param name="parallel">How many families at the same time; null for one. The values do not depend on it.</param>
    /// <param name="texture">Choices of texture; null for the defaults.</param>
    /// <exception cref="RegionException">As for the whole.</exception>
    /// <exception cref="ArgumentException">Image and mask lie on different grids.</exception>
    public static IReadOnlyList<FeatureValue> OfImage(
        Volume<float> image, Volume<byte> mask, string filter, Discretisation? bins = null, double shift = 0,
        IReadOnlySet<FeatureFamily>? families = null, TextureSettings? texture = null, ParallelOptions? parallel = null)
    {
        float[] roi = Mask.Gather(image, mask);
        GreyLevels levels = Discretiser.Discretise(roi, bins ?? Discretisation.FixedBinSize(25), Convention.PyRadiomics);
        List<IndependentPart> parts = [];
        bool first = families?.Contains(FeatureFamily.FirstOrder) != false, onRequest = families?.Contains(FeatureFamily.OnRequest) == true;
        if (first || onRequest)
            parts.Add(new(WeightOfIntensities, () => OfIntensities(FirstOrder.Of(roi, image.Geometry.VoxelVolumeMm3, levels, shift), filter, first, onRequest)));
        // The defaults have faster code of their own, in whole numbers.
        if (texture is null || texture == TextureSettings.Default)
            parts.AddRange(TextureFeatures.Parts(new(mask, levels), null, Aggregation.VolumeAveraged, Convention.PyRadiomics, filter, families));
        else
            parts.Add(new(WeightOfTexture, () => [.. PyRadiomicsTexture.Of(mask, levels, texture, filter, families)]));
        return IndependentParts.Values(parts, parallel);
    }

    private static List<FeatureValue> OfIntensities(FirstOrder values, string filter, bool first, bool onRequest)
    {
        List<FeatureValue> all = [];
        if (first)
            all.AddRange(values.ToValues(filter));
        if (onRequest)
            all.Add(FeatureCatalogue.Value("firstorder_StandardDeviation", filter, Math.Sqrt(values.Variance)));
        return all;
    }
}
