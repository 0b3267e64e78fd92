using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Drift;

/// <summary>Distances between the empirical distributions of two samples.</summary>
public static class DistributionDistance
{
    /// <summary>Kolmogorov–Smirnov distance: the largest gap of the two distribution functions.</summary>
    /// <param name="a">First sample, finite.</param>
    /// <param name="b">Second sample, finite.</param>
    /// <exception cref="ArgumentException">A sample is empty or a value is not finite (row named).</exception>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        (double[] x, double[] y) = Sorted(a, b);
        return Largest(x, y);
    }

    /// <summary>Wasserstein-1 distance ∫|F − G|, in units of the variable.</summary>
    /// <inheritdoc cref="KolmogorovSmirnov"/>
    public static double Wasserstein(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        (double[] x, double[] y) = Sorted(a, b);
        return Area(x, y);
    }

    internal static double Largest(double[] x, double[] y)
    {
        double largest = 0;
        for (int i = 0, j = 0; i < x.Length && j < y.Length;)
        {
            double next = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] == next) i++;
            while (j < y.Length && y[j] == next) j++;
            largest = Math.Max(largest, Math.Abs(((double)i / x.Length) - ((double)j / y.Length)));
        }
        return largest;
    }

    internal static double Area(double[] x, double[] y)
    {
        double area = 0, previous = Math.Min(x[0], y[0]);
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            double next = i == x.Length ? y[j] : j == y.Length ? x[i] : Math.Min(x[i], y[j]);
            area += Math.Abs(((double)i / x.Length) - ((double)j / y.Length)) * (next - previous);
            previous = next;
            while (i < x.Length && x[i] == next) i++;
            while (j < y.Length && y[j] == next) j++;
        }
        return area;
    }

    internal static (double[] X, double[] Y) Sorted(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Require.Finite(a, nameof(a));
        Require.Finite(b, nameof(b));
        double[] x = a.ToArray(), y = b.ToArray();
        Array.Sort(x);
        Array.Sort(y);
        return (x, y);
    }
}
