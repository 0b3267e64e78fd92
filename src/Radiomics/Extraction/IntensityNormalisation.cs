using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Brings MR intensities, which have no unit, to a common scale.</summary>
public static class IntensityNormalisation
{
    /// <summary>(x − mean)/σ · scale, mean and σ (over N) of a region or of the whole image.</summary>
    /// <param name="image">Image.</param>
    /// <param name="within">Region to take mean and σ from; null for the whole image.</param>
    /// <param name="scale">Factor after division, as PyRadiomics' normalizeScale.</param>
    /// <param name="clip">Bound of the score before the factor, as PyRadiomics' removeOutliers: values beyond take it; null for none.</param>
    /// <param name="sample">Whether σ is over N − 1, as PyRadiomics takes it.</param>
    /// <exception cref="RegionException">The region is empty, not finite, or constant.</exception>
    /// <exception cref="ArgumentException">The region lies on another grid.</exception>
    public static Volume<float> ZScore(Volume<float> image, Volume<byte>? within = null, double scale = 1, double? clip = null, bool sample = false)
    {
        float[] values = within is null ? image.Voxels.ToArray() : Mask.Gather(image, within);
        _ = IntensityRange.Of(values);
        double mean = FixedOrderSums.OfPowers(values).Sum / values.Length;
        double sigma = Math.Sqrt(FixedOrderSums.OfDeviations(values, mean).Second / (sample ? values.Length - 1 : values.Length));
        // Of a single voxel the sample's σ is 0/0.
        if (!(sigma > 0))
            throw new RegionException("All intensities are the same; a z-score needs a spread.");
        Volume<float> scores = Linear(image, scale / sigma, mean);
        if (clip is { } bound)
        {
            float most = (float)(bound * scale);
            foreach (ref float v in scores.Voxels)
                v = Math.Clamp(v, -most, most);
        }
        return scores;
    }

    /// <summary>x over the mean of a reference region.</summary>
    /// <exception cref="RegionException">The region is empty, not finite, or its mean is not positive.</exception>
    /// <exception cref="ArgumentException">The region lies on another grid.</exception>
    public static Volume<float> ByReference(Volume<float> image, Volume<byte> reference)
    {
        float[] values = Mask.Gather(image, reference);
        _ = IntensityRange.Of(values);
        double mean = FixedOrderSums.OfPowers(values).Sum / values.Length;
        return mean > 0
            ? Linear(image, 1 / mean, 0)
            : throw new RegionException($"The mean of the reference region is {mean:G6}; normalisation needs a positive one.");
    }

    private static Volume<float> Linear(Volume<float> image, double factor, double origin)
    {
        Volume<float> result = new(image.Geometry);
        for (int i = 0; i < result.Voxels.Length; i++)
            result.Voxels[i] = (float)((image.Voxels[i] - origin) * factor);
        return result;
    }
}
