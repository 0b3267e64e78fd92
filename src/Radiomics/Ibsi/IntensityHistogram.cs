namespace HccPipeline.Radiomics;

/// <summary>IBSI's intensity histogram family (ZVCW): statistics of grey levels, and the histogram's own features.</summary>
internal static class IntensityHistogram
{
    /// <summary>Values in the catalogue's order.</summary>
    internal static double[] Features(GreyLevels levels)
    {
        float[] values = [.. levels.Levels.Select(level => (float)level)];
        DistributionStatistics s = DistributionStatistics.Of(values);
        long[] h = new long[levels.HighestLevel + 1];
        foreach (int level in levels.Levels)
            h[level]++;
        double entropy = 0, uniformity = 0;
        foreach (long count in h)
        {
            double p = (double)count / values.Length;
            entropy -= p > 0 ? p * PortableMath.Log2(p) : 0;
            uniformity += p * p;
        }
        (double up, int upAt, double down, int downAt) = Gradients(h);
        return
        [
            s.Mean, s.Variance, s.Skewness, s.Kurtosis, s.Median, s.Minimum, s.P10, s.P90, s.Maximum, Mode(h, s.Mean), s.InterquartileRange, s.Range,
            s.MeanDeviation, s.RobustMeanDeviation, s.MedianDeviation, s.CoefficientOfVariation, s.QuartileDispersion,
            entropy, uniformity, up, upAt, down, downAt,
        ];
    }

    /// <summary>The most frequent level; of several, the one nearest to the mean, then the lower.</summary>
    private static int Mode(long[] h, double mean)
    {
        int mode = 1;
        for (int level = 2; level < h.Length; level++)
        {
            if (h[level] > h[mode] || (h[level] == h[mode] && Math.Abs(level - mean) < Math.Abs(mode - mean)))
                mode = level;
        }
        return mode;
    }

    /// <summary>Largest and smallest slope of the histogram (central differences, one-sided at its ends) and where, the first of equals.</summary>
    private static (double Up, int UpAt, double Down, int DownAt) Gradients(long[] h)
    {
        int ng = h.Length - 1;
        if (ng < 2)
            return (0, 1, 0, 1);
        double up = double.NegativeInfinity, down = double.PositiveInfinity;
        int upAt = 1, downAt = 1;
        for (int i = 1; i <= ng; i++)
        {
            double slope = i == 1 ? h[2] - h[1] : i == ng ? h[ng] - h[ng - 1] : (h[i + 1] - h[i - 1]) / 2.0;
            if (slope > up) (up, upAt) = (slope, i);
            if (slope < down) (down, downAt) = (slope, i);
        }
        return (up, upAt, down, downAt);
    }
}
