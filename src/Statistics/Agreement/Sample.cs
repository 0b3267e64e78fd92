using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Descriptive statistics of one sample.</summary>
/// <param name="Count">Values.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Divisor n − 1; null for one value.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Median">Median.</param>
/// <param name="LowerQuartile">First quartile, type 7.</param>
/// <param name="UpperQuartile">Third quartile, type 7.</param>
/// <param name="Skewness">Third central moment over the 3/2 power of the second (divisors n); null for a constant sample.</param>
public sealed record Sample(
    int Count,
    double Mean,
    double? StandardDeviation,
    double Minimum,
    double Maximum,
    double Median,
    double LowerQuartile,
    double UpperQuartile,
    double? Skewness)
{
    /// <summary>Describes a sample.</summary>
    /// <param name="values">At least one finite value.</param>
    /// <exception cref="ArgumentException">No values, or one is not finite (row named).</exception>
    public static Sample Describe(ReadOnlySpan<double> values)
    {
        Require.Finite(values, nameof(values));
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        Moments m = Moments.Of(values);
        double? skewness = m.Squares > 0 ? m.Cubes / m.Count / Math.Pow(m.Squares / m.Count, 1.5) : null;
        return new Sample(
            m.Count,
            m.Mean,
            m.Count > 1 ? Math.Sqrt(m.Variance) : null,
            sorted[0],
            sorted[^1],
            Quantiles.Median(sorted),
            Quantiles.Type7(sorted, 0.25),
            Quantiles.Type7(sorted, 0.75),
            skewness);
    }
}

/// <summary>Mean and central sums of a sample, in two passes.</summary>
/// <param name="Count">Values.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Squares">Sum of squared deviations.</param>
/// <param name="Cubes">Sum of cubed deviations.</param>
internal readonly record struct Moments(int Count, double Mean, double Squares, double Cubes)
{
    public double Variance => Squares / (Count - 1);

    public static Moments Of(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double v in values) sum += v;
        double mean = sum / values.Length, residue = 0, squares = 0, cubes = 0;
        foreach (double v in values) residue += v - mean;
        mean += residue / values.Length;
        foreach (double v in values)
        {
            double d = v - mean;
            squares += d * d;
            cubes += d * d * d;
        }
        return new Moments(values.Length, mean, squares, cubes);
    }
}
