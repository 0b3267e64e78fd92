namespace HccPipeline.Radiomics;

/// <summary>T2 signal intensity ratio: mean of the lesion over mean of a reference tissue of the same series.</summary>
/// <param name="Ratio">Lesion mean ÷ reference mean, a pure number.</param>
/// <param name="LesionMean">Mean intensity of the lesion, a.u.</param>
/// <param name="ReferenceMean">Mean intensity of the reference tissue, a.u.</param>
/// <param name="ReferenceTissue">Which tissue: ratios over different tissues must never be mixed.</param>
public sealed record SignalIntensityRatio(double Ratio, double LesionMean, double ReferenceMean, string ReferenceTissue)
{
    /// <summary>Computes the ratio.</summary>
    /// <param name="lesion">Intensities of the lesion's voxels.</param>
    /// <param name="reference">Intensities of the reference's voxels, same series.</param>
    /// <param name="referenceTissue">Name of the tissue, such as <c>muscle</c>.</param>
    /// <exception cref="RegionException">A region is empty or not finite, or the reference mean is not positive.</exception>
    /// <exception cref="ArgumentException">The tissue is not named.</exception>
    public static SignalIntensityRatio Of(ReadOnlySpan<float> lesion, ReadOnlySpan<float> reference, string referenceTissue)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(referenceTissue);
        double lesionMean = Mean(lesion, "lesion"), referenceMean = Mean(reference, $"reference ({referenceTissue})");
        return referenceMean > 0
            ? new(lesionMean / referenceMean, lesionMean, referenceMean, referenceTissue)
            : throw new RegionException($"The mean of the reference ({referenceTissue}) is {referenceMean:G6}; a ratio needs a positive one.");
    }

    private static double Mean(ReadOnlySpan<float> roi, string name)
    {
        try
        {
            _ = IntensityRange.Of(roi);
        }
        catch (RegionException e)
        {
            throw new RegionException($"Signal intensity ratio, {name}: {e.Message}");
        }
        return FixedOrderSums.OfPowers(roi).Sum / roi.Length;
    }
}
