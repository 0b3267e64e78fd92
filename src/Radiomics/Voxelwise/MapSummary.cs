namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>What is told of a map as a whole: mean, standard deviation, percentiles and entropy of its values.</summary>
public static class MapSummary
{
    /// <summary>Bins of the entropy, between the smallest and the largest value of the map.</summary>
    public const int EntropyBins = 32;

    /// <summary>Describes the values of a map. Voxels for which the feature is not defined are left out.</summary>
    /// <param name="values">Values of the region's voxels.</param>
    /// <returns>Name and value; nothing when no voxel has a value.</returns>
    public static IReadOnlyList<KeyValuePair<string, double>> Of(ReadOnlySpan<double> values)
    {
        double[] sorted = new double[values.Length];
        int n = 0;
        double sum = 0;
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                continue;
            sorted[n++] = value;
            sum += value;
        }
        if (n == 0)
            return [];
        double mean = sum / n, squares = 0;
        Span<double> used = sorted.AsSpan(0, n);
        foreach (double value in used)   // still in scan order: the sum has the same bits whatever the bricks were
            squares += (value - mean) * (value - mean);
        used.Sort();
        return
        [
            new("Mean", mean), new("StandardDeviation", Math.Sqrt(squares / n)),
            new("10Percentile", Percentiles.OfSorted<double>(used, 10)), new("Median", Percentiles.OfSorted<double>(used, 50)),
            new("90Percentile", Percentiles.OfSorted<double>(used, 90)),
            new("Entropy", Entropy(used)),
        ];
    }

    /// <summary>Shannon entropy of the binned values, bits.</summary>
    private static double Entropy(ReadOnlySpan<double> sorted)
    {
        double low = sorted[0], width = (sorted[^1] - low) / EntropyBins;
        if (!(width > 0))
            return 0;
        Span<int> counts = stackalloc int[EntropyBins];
        foreach (double value in sorted)
            counts[Math.Min(EntropyBins - 1, (int)((value - low) / width))]++;
        double entropy = 0;
        foreach (int count in counts)
        {
            if (count > 0)
                entropy -= (double)count / sorted.Length * PortableMath.Log2((double)count / sorted.Length);
        }
        return entropy;
    }
}
