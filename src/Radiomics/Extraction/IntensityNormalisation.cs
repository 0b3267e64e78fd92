using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Brings MR intensities, which have no unit, to a common scale.</summary>
public static class IntensityNormalisation
{
    /// <summary>(x − mean)/σ · scale, mean and σ (over N) of a region or of the whole image.</summary>
    /// <param name="image">Image.</param>
    /// <param name="within">Region to take mean and σ from; null for the whole image.</param>
    /// <param name="scale">Factor after division, as PyRadiomics' normalizeScale.</param>
    /// <exception cref="RegionException">The region is empty, not finite, or constant.</exception>
    /// <exception cref="ArgumentException">The region lies on another grid.</exception>
    public static Volume<float> ZScore(Volume<float> image, Volume<byte>? within = null, double scale = 1)
    {
        float[] values = within is null ? image.Voxels.ToArray() : Mask.Gather(image, within);
        _ = IntensityRange.Of(values);
        double mean = FixedOrderSums.OfPowers(values).Sum / values.Length;
        double sigma = Math.Sqrt(FixedOrderSums.OfDeviations(values, mean).Second / values.Length);
        return sigma > 0
            ? Linear(image, scale / sigma, mean)
            : throw new RegionException("All intensities are the same; a z-score needs a spread.");
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
