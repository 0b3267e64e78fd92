using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Removes voxels from a region by their intensity (IBSI manual 2.6).</summary>
public static class Resegmentation
{
    /// <summary>Keeps what the settings say: within their bounds, then within their standard deviations.</summary>
    /// <exception cref="RegionException">Nothing is left, or the region is empty or not finite where bounds are relative to it.</exception>
    public static Volume<byte> Apply(Volume<float> image, Volume<byte> mask, IbsiSettings settings)
    {
        double low = settings.LowestIntensity ?? double.NegativeInfinity, high = settings.HighestIntensity ?? double.PositiveInfinity;
        if (settings.ResegmentationMode != ResegmentationMode.Absolute)
        {
            float[] roi = Mask.Gather(image, mask);
            DistributionStatistics s = DistributionStatistics.Of(roi);
            double sigma = Math.Sqrt(s.Variance), most = IntensityRange.Of(roi).Max;
            double Bound(double b) => settings.ResegmentationMode == ResegmentationMode.Relative ? b * most : s.Mean + b * sigma;
            // Of an infinite bound times 0 nothing would be left.
            (low, high) = (double.IsInfinity(low) ? low : Bound(low), double.IsInfinity(high) ? high : Bound(high));
        }
        Volume<byte> kept = Apply(image, mask, low, high);
        return settings.OutlierSigmas is { } sigmas ? WithoutOutliers(image, kept, sigmas) : kept;
    }

    /// <summary>Keeps intensities within a closed range.</summary>
    /// <exception cref="RegionException">None lies within.</exception>
    public static Volume<byte> Apply(Volume<float> image, Volume<byte> mask, double lowest, double highest)
    {
        Volume<byte> kept = new(mask.Geometry);
        int n = 0;
        for (int i = 0; i < mask.Voxels.Length; i++)
        {
            float v = image.Voxels[i];
            // A voxel that is no number stays, to be refused by name later.
            if (mask.Voxels[i] == 0 || v < lowest || v > highest)
                continue;
            kept.Voxels[i] = 1;
            n++;
        }
        return n > 0 ? kept : throw new RegionException($"No voxel of the region has an intensity within [{lowest}, {highest}].");
    }

    /// <summary>Keeps voxels that have a value.</summary>
    /// <exception cref="RegionException">None has.</exception>
    public static Volume<byte> WithoutNaN(Volume<float> image, Volume<byte> mask)
    {
        Volume<byte> kept = new(mask.Geometry);
        for (int i = 0; i < mask.Voxels.Length; i++)
            kept.Voxels[i] = mask.Voxels[i] != 0 && !float.IsNaN(image.Voxels[i]) ? (byte)1 : (byte)0;
        return Mask.Count(kept) > 0 ? kept : throw new RegionException($"None of the region's {Mask.Count(mask)} voxels has a value.");
    }

    /// <summary>Keeps intensities within so many standard deviations (over N) of the region's mean.</summary>
    /// <exception cref="RegionException">The region is empty or not finite.</exception>
    public static Volume<byte> WithoutOutliers(Volume<float> image, Volume<byte> mask, double sigmas)
    {
        DistributionStatistics s = DistributionStatistics.Of(Mask.Gather(image, mask));
        double reach = sigmas * Math.Sqrt(s.Variance);
        return Apply(image, mask, s.Mean - reach, s.Mean + reach);
    }
}
