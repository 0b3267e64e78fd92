namespace HccPipeline.Statistics.Numerics;

/// <summary>Sample quantiles of sorted values (Hyndman and Fan, American Statistician 1996, numbering).</summary>
public static class Quantiles
{
    private const double RoundingSlack = 4 * 2.220446049250313e-16;

    /// <summary>Type 7: linear interpolation at position 1 + (n − 1) p; R's and NumPy's default.</summary>
    /// <param name="sorted">Ascending values, at least one.</param>
    /// <param name="probability">In [0, 1].</param>
    public static double Type7(ReadOnlySpan<double> sorted, double probability)
    {
        Check(sorted, probability);
        double position = (sorted.Length - 1) * probability;
        return Interpolate(sorted, Floor(position), position);
    }

    /// <summary>Type 6: linear interpolation at position (n + 1) p; SPSS and Minitab.</summary>
    /// <inheritdoc cref="Type7"/>
    public static double Type6(ReadOnlySpan<double> sorted, double probability)
    {
        Check(sorted, probability);
        double position = Math.Clamp(((sorted.Length + 1) * probability) - 1, 0, sorted.Length - 1);
        return Interpolate(sorted, Floor(position), position);
    }

    /// <summary>Type 2: inverse of the empirical distribution, averaged where it is flat; SAS.</summary>
    /// <inheritdoc cref="Type7"/>
    public static double Type2(ReadOnlySpan<double> sorted, double probability)
    {
        Check(sorted, probability);
        double position = sorted.Length * probability;
        int below = Floor(position);
        int upper = Math.Clamp(below, 0, sorted.Length - 1);
        int lower = Math.Clamp(below - 1, 0, sorted.Length - 1);
        bool flat = position - below <= RoundingSlack;
        return flat ? (sorted[lower] + sorted[upper]) / 2 : sorted[upper];
    }

    /// <summary>Median of sorted values.</summary>
    public static double Median(ReadOnlySpan<double> sorted)
    {
        Check(sorted, 0.5);
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    // A position that rounding left a few units below an integer is that integer.
    private static int Floor(double position) => (int)Math.Floor(position + RoundingSlack);

    private static double Interpolate(ReadOnlySpan<double> sorted, int lower, double position)
    {
        double weight = position - lower;
        if (weight <= RoundingSlack || lower + 1 >= sorted.Length) return sorted[Math.Min(lower, sorted.Length - 1)];
        return ((1 - weight) * sorted[lower]) + (weight * sorted[lower + 1]);
    }

    private static void Check(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty) throw new ArgumentException("A quantile needs at least one value.", nameof(sorted));
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
    }
}
