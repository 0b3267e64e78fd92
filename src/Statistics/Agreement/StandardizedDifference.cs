using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Standardised mean differences: difference over the root mean of the two variances.</summary>
/// <remarks>Source: Austin, Stat Med 2009;28:3083–3107.</remarks>
public static class StandardizedDifference
{
    /// <summary>Of a continuous variable, first sample minus second.</summary>
    /// <param name="a">First sample, at least two finite values.</param>
    /// <param name="b">Second sample, at least two finite values.</param>
    /// <returns>The difference in pooled SDs, or null when both samples are constant.</returns>
    /// <exception cref="ArgumentException">Fewer than two values, or one is not finite (row named).</exception>
    public static double? Continuous(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Require.Finite(a, nameof(a));
        Require.Finite(b, nameof(b));
        if (a.Length < 2 || b.Length < 2) throw new ArgumentException($"Two values per sample are needed; there are {a.Length} and {b.Length}.", nameof(a));
        Moments ma = Moments.Of(a), mb = Moments.Of(b);
        double variance = (ma.Variance + mb.Variance) / 2;
        return variance > 0 ? (ma.Mean - mb.Mean) / Math.Sqrt(variance) : null;
    }

    /// <summary>Of two proportions, first minus second.</summary>
    /// <param name="p1">First proportion, in [0, 1].</param>
    /// <param name="p2">Second proportion, in [0, 1].</param>
    /// <returns>The difference in pooled SDs, or null when both proportions are 0 or 1.</returns>
    /// <exception cref="ArgumentException">A proportion is outside [0, 1].</exception>
    public static double? Binary(double p1, double p2)
    {
        Require.Probabilities([p1, p2], "proportions", open: false);
        double variance = ((p1 * (1 - p1)) + (p2 * (1 - p2))) / 2;
        return variance > 0 ? (p1 - p2) / Math.Sqrt(variance) : null;
    }
}
