using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Limits of agreement of two readers.</summary>
/// <param name="Bias">Mean of first − second.</param>
/// <param name="StandardDeviation">Of the differences, divisor n − 1.</param>
/// <param name="Lower">Lower limit: bias − z·sd.</param>
/// <param name="Upper">Upper limit: bias + z·sd.</param>
/// <remarks>Source: Bland and Altman, Lancet 1986;1:307–310.</remarks>
public sealed record BlandAltman(double Bias, double StandardDeviation, double Lower, double Upper)
{
    /// <summary>Computes the limits.</summary>
    /// <param name="first">First reader, at least two finite values.</param>
    /// <param name="second">Second reader, same subjects.</param>
    /// <param name="level">Share of differences between the limits.</param>
    /// <exception cref="ArgumentException">Lengths differ, fewer than two rows, or a value is not finite (row named).</exception>
    public static BlandAltman Compute(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = 0.95)
    {
        Require.Level(level);
        Require.SameLength(first.Length, second.Length, nameof(second));
        Require.Finite(first, nameof(first));
        Require.Finite(second, nameof(second));
        if (first.Length < 2) throw new ArgumentException("Limits of agreement need at least two subjects.", nameof(first));
        double[] difference = new double[first.Length];
        for (int i = 0; i < difference.Length; i++) difference[i] = first[i] - second[i];
        Moments m = Moments.Of(difference);
        double sd = Math.Sqrt(m.Variance), half = Tails.NormalBound(level) * sd;
        return new BlandAltman(m.Mean, sd, m.Mean - half, m.Mean + half);
    }
}
