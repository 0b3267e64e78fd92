namespace HccPipeline.Radiomics;

/// <summary>PyRadiomics' eighteen first-order features of the intensities in a region.</summary>
/// <remarks>
/// Variance is divided by N; kurtosis is not excess (IBSI's value + 3); percentiles interpolate linearly; entropy (base 2) and
/// uniformity are of the histogram of grey levels. A constant region has variance, deviations and entropy 0, uniformity 1 and,
/// as PyRadiomics has it, skewness and kurtosis 0. Two passes over fixed lanes and one sort: the same bits on every processor.
/// </remarks>
public sealed record FirstOrder
{
    private FirstOrder()
    {
    }

    /// <summary>Number of voxels.</summary>
    public required int VoxelCount { get; init; }
    /// <summary>Σ (x + shift)², intensity².</summary>
    public required double Energy { get; init; }
    /// <summary>Energy times the volume of a voxel, intensity²·mm³.</summary>
    public required double TotalEnergy { get; init; }
    /// <summary>−Σ p log₂ p over grey levels, bits.</summary>
    public required double Entropy { get; init; }
    /// <summary>Smallest intensity.</summary>
    public required double Minimum { get; init; }
    /// <summary>10th percentile.</summary>
    public required double Percentile10 { get; init; }
    /// <summary>90th percentile.</summary>
    public required double Percentile90 { get; init; }
    /// <summary>Largest intensity.</summary>
    public required double Maximum { get; init; }
    /// <summary>Mean.</summary>
    public required double Mean { get; init; }
    /// <summary>Median.</summary>
    public required double Median { get; init; }
    /// <summary>75th less 25th percentile.</summary>
    public required double InterquartileRange { get; init; }
    /// <summary>Maximum less minimum.</summary>
    public required double Range { get; init; }
    /// <summary>Mean absolute deviation from the mean.</summary>
    public required double MeanAbsoluteDeviation { get; init; }
    /// <summary>The same over the intensities between (and at) the 10th and 90th percentile.</summary>
    public required double RobustMeanAbsoluteDeviation { get; init; }
    /// <summary>√(Energy/N).</summary>
    public required double RootMeanSquared { get; init; }
    /// <summary>Third standardised moment.</summary>
    public required double Skewness { get; init; }
    /// <summary>Fourth standardised moment, not excess.</summary>
    public required double Kurtosis { get; init; }
    /// <summary>Variance over N, intensity².</summary>
    public required double Variance { get; init; }
    /// <summary>Σ p² over grey levels.</summary>
    public required double Uniformity { get; init; }

    /// <summary>Computes all of them.</summary>
    /// <param name="roi">Intensities of the N voxels inside, any order (the order decides the last bits); N ≥ 1, finite.</param>
    /// <param name="voxelVolumeMm3">Volume of a voxel, mm³.</param>
    /// <param name="bins">Bins of entropy and uniformity, in PyRadiomics' convention; null: width 25.</param>
    /// <param name="shift">PyRadiomics' voxelArrayShift, added in Energy, TotalEnergy and RootMeanSquared only.</param>
    /// <exception cref="RegionException">Empty region, or intensities not finite.</exception>
    public static FirstOrder Of(ReadOnlySpan<float> roi, double voxelVolumeMm3, Discretisation? bins = null, double shift = 0) =>
        Of(roi, voxelVolumeMm3, Discretiser.Discretise(roi, bins ?? Discretisation.FixedBinSize(25), Convention.PyRadiomics), shift);

    /// <summary>Computes all of them from intensities and their grey levels.</summary>
    /// <param name="roi">Intensities of the N voxels inside, any order (the order decides the last bits); N ≥ 1, finite.</param>
    /// <param name="voxelVolumeMm3">Volume of a voxel, mm³.</param>
    /// <param name="levels">Grey levels of the same voxels.</param>
    /// <param name="shift">PyRadiomics' voxelArrayShift, added in Energy, TotalEnergy and RootMeanSquared only.</param>
    /// <exception cref="RegionException">Empty region, or intensities not finite.</exception>
    public static FirstOrder Of(ReadOnlySpan<float> roi, double voxelVolumeMm3, GreyLevels levels, double shift = 0)
    {
        (float min, float max) = IntensityRange.Of(roi);
        int n = roi.Length;
        (double sum, double squares) = FixedOrderSums.OfPowers(roi);
        double mean = min == max ? min : sum / n;
        (double s2, double s3, double s4, double absolute) = FixedOrderSums.OfDeviations(roi, mean);
        double variance = s2 / n;
        double energy = squares + shift * (2 * sum + n * shift);
        using Rented<float> copy = new(n);
        Span<float> sorted = copy.Span;
        roi.CopyTo(sorted);
        RadixSort.Ascending(sorted);
        double p10 = Percentiles.OfSorted(sorted, 10), p90 = Percentiles.OfSorted(sorted, 90);
        (double entropy, double uniformity) = EntropyAndUniformity(levels);
        return new()
        {
            VoxelCount = n,
            Energy = energy,
            TotalEnergy = energy * voxelVolumeMm3,
            Entropy = entropy,
            Minimum = min,
            Percentile10 = p10,
            Percentile90 = p90,
            Maximum = max,
            Mean = mean,
            Median = Percentiles.OfSorted(sorted, 50),
            InterquartileRange = Percentiles.OfSorted(sorted, 75) - Percentiles.OfSorted(sorted, 25),
            Range = (double)max - min,
            MeanAbsoluteDeviation = absolute / n,
            RobustMeanAbsoluteDeviation = RobustMeanDeviation(sorted, p10, p90),
            RootMeanSquared = Math.Sqrt(energy / n),
            Skewness = variance == 0 ? 0 : s3 / n / (variance * Math.Sqrt(variance)),
            Kurtosis = variance == 0 ? 0 : s4 / n / (variance * variance),
            Variance = variance,
            Uniformity = uniformity,
        };
    }

    /// <summary>Mean absolute deviation of the ascending values within [low, high] from their own mean.</summary>
    internal static double RobustMeanDeviation(ReadOnlySpan<float> sorted, double low, double high)
    {
        int from = 0, to = sorted.Length;
        while (from < to && sorted[from] < low) from++;
        while (to > from && sorted[to - 1] > high) to--;
        ReadOnlySpan<float> middle = sorted[from..to];
        if (middle.IsEmpty)
            return 0;
        double mean = FixedOrderSums.OfPowers(middle).Sum / middle.Length;
        return FixedOrderSums.OfDeviations(middle, mean).Absolute / middle.Length;
    }

    private static (double Entropy, double Uniformity) EntropyAndUniformity(GreyLevels levels)
    {
        int[] histogram = new int[levels.HighestLevel + 1];
        foreach (int level in levels.Levels)
            histogram[level]++;
        double entropy = 0, uniformity = 0;
        foreach (int count in histogram)
        {
            if (count == 0)
                continue;
            double p = (double)count / levels.Levels.Length;
            entropy -= p * PortableMath.Log2(p);
            uniformity += p * p;
        }
        return (entropy == 0 ? 0 : entropy, uniformity);
    }

    /// <summary>The eighteen values by name, in PyRadiomics' order.</summary>
    /// <param name="filter">Image type in front of the name: <c>original</c>, or that of a filtered image.</param>
    public IReadOnlyList<FeatureValue> ToValues(string filter = "original") => FeatureCatalogue.Values(FeatureFamily.FirstOrder, filter,
    [
        Energy, TotalEnergy, Entropy, Minimum, Percentile10, Percentile90, Maximum, Mean, Median, InterquartileRange, Range,
        MeanAbsoluteDeviation, RobustMeanAbsoluteDeviation, RootMeanSquared, Skewness, Kurtosis, Variance, Uniformity,
    ]);
}
