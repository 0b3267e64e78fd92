namespace HccPipeline.Radiomics;

/// <summary>The eighteen statistics that IBSI computes of intensities (family UHIW) and, but for two, of grey levels (family ZVCW).</summary>
internal sealed record DistributionStatistics(
    double Mean, double Variance, double Skewness, double Kurtosis, double Median, double Minimum, double P10, double P90, double Maximum,
    double InterquartileRange, double Range, double MeanDeviation, double RobustMeanDeviation, double MedianDeviation,
    double CoefficientOfVariation, double QuartileDispersion, double Energy, double RootMeanSquare)
{
    /// <summary>Computes all; kurtosis is excess; moments of a constant region, and ratios over 0, are 0.</summary>
    /// <exception cref="RegionException">Empty region, or values not finite.</exception>
    internal static DistributionStatistics Of(ReadOnlySpan<float> values)
    {
        (float min, float max) = IntensityRange.Of(values);
        int n = values.Length;
        (double sum, double squares) = FixedOrderSums.OfPowers(values);
        double mean = min == max ? min : sum / n;
        (double s2, double s3, double s4, double absolute) = FixedOrderSums.OfDeviations(values, mean);
        double variance = s2 / n;
        float[] sorted = values.ToArray();
        RadixSort.Ascending(sorted);
        double P(double percent) => Percentiles.OfSorted(sorted, percent);
        double median = P(50), p25 = P(25), p75 = P(75), p10 = P(10), p90 = P(90);
        return new(
            mean, variance,
            variance == 0 ? 0 : s3 / n / (variance * Math.Sqrt(variance)),
            variance == 0 ? 0 : s4 / n / (variance * variance) - 3,
            median, min, p10, p90, max, p75 - p25, (double)max - min, absolute / n,
            FirstOrder.RobustMeanDeviation(sorted, p10, p90),
            FixedOrderSums.OfDeviations(values, median).Absolute / n,
            mean == 0 ? 0 : Math.Sqrt(variance) / mean,
            p75 + p25 == 0 ? 0 : (p75 - p25) / (p75 + p25),
            squares, Math.Sqrt(squares / n));
    }

    /// <summary>In the order of the intensity statistics table.</summary>
    internal double[] Intensity() =>
    [
        Mean, Variance, Skewness, Kurtosis, Median, Minimum, P10, P90, Maximum, InterquartileRange, Range, MeanDeviation,
        RobustMeanDeviation, MedianDeviation, CoefficientOfVariation, QuartileDispersion, Energy, RootMeanSquare,
    ];
}
