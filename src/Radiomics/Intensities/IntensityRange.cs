namespace HccPipeline.Radiomics;

/// <summary>Smallest and largest intensity of a region, and the refusal of what is none.</summary>
public static class IntensityRange
{
    /// <summary>Minimum and maximum; a region without voxels, or with voxels that are no numbers, is refused.</summary>
    /// <exception cref="RegionException">Empty region, or NaN or infinite intensities (the message counts them).</exception>
    public static (float Min, float Max) Of(ReadOnlySpan<float> roi)
    {
        if (roi.IsEmpty)
            throw new RegionException("The region has no voxels.");
        (float min, float max, int bad) = Scan(roi);
        return bad == 0
            ? (min, max)
            : throw new RegionException($"{bad} of the region's {roi.Length} voxels have no finite intensity (NaN or infinite).");
    }

    /// <summary>Minimum and maximum of some of many intensities, and how many of them are NaN or infinite: only without any are the others of use.</summary>
    internal static (float Min, float Max, int Bad) Scan(ReadOnlySpan<float> some)
    {
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        int bad = 0;
        foreach (float x in some)
        {
            if (!float.IsFinite(x))
                bad++;
            min = Math.Min(min, x);
            max = Math.Max(max, x);
        }
        return (min, max, bad);
    }
}
