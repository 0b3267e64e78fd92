using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>A lowess curve.</summary>
/// <param name="X">Abscissae, ascending.</param>
/// <param name="Y">Fitted values at <paramref name="X"/>.</param>
public sealed record LowessCurve(ImmutableArray<double> X, ImmutableArray<double> Y)
{
    /// <summary>Linear interpolation; at repeated abscissae the mean of their fitted values; outside the range the end value.</summary>
    /// <param name="x">A finite abscissa.</param>
    public double At(double x)
    {
        int start = Lowess.LowerBound(X.AsSpan(), x);
        if (start < X.Length && X[start] == x) return MeanOfTies(start);
        if (start == 0) return MeanOfTies(0);
        if (start == X.Length) return MeanOfTies(Lowess.LowerBound(X.AsSpan(), X[^1]));
        int left = Lowess.LowerBound(X.AsSpan(), X[start - 1]);
        double y0 = MeanOfTies(left), y1 = MeanOfTies(start);
        return y0 + ((y1 - y0) * ((x - X[left]) / (X[start] - X[left])));
    }

    private double MeanOfTies(int start)
    {
        double sum = 0;
        int end = start;
        while (end < X.Length && X[end] == X[start]) sum += Y[end++];
        return sum / (end - start);
    }
}

/// <summary>Locally weighted scatterplot smoother: local lines with tricube weights and optional robustness iterations.</summary>
/// <remarks>Source: Cleveland, J Am Stat Assoc 1979;74:829–836 and Am Stat 1981;35:54.</remarks>
public static class Lowess
{
    /// <summary>Fits the curve.</summary>
    /// <param name="x">Finite abscissae, any order, for example predicted probabilities.</param>
    /// <param name="y">Finite ordinates, for example 0/1 outcomes.</param>
    /// <param name="f">Share of points in each local fit, in (0, 1].</param>
    /// <param name="robustIterations">Bisquare reweightings; 0 for binary outcomes.</param>
    /// <param name="delta">Points nearer than this to the last fitted one are interpolated; null: 1 % of the range of x; 0: none.</param>
    /// <exception cref="ArgumentException">Lengths differ, fewer than two rows, or a value is not finite (row named).</exception>
    public static LowessCurve Fit(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, double f = 2.0 / 3, int robustIterations = 0, double? delta = null)
    {
        Require.SameLength(x.Length, y.Length, nameof(y));
        Require.Finite(x, nameof(x));
        Require.Finite(y, nameof(y));
        if (x.Length < 2) throw new ArgumentException("A lowess curve needs at least two rows.", nameof(x));
        if (!(f is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(f), f, "The span lies in (0, 1].");
        ArgumentOutOfRangeException.ThrowIfNegative(robustIterations);

        double[] sx = x.ToArray(), sy = new double[x.Length];
        int[] order = [.. Enumerable.Range(0, sx.Length)];
        Array.Sort(order, (a, b) => sx[a] != sx[b] ? sx[a].CompareTo(sx[b]) : a.CompareTo(b));
        for (int i = 0; i < order.Length; i++) sy[i] = y[order[i]];
        Array.Sort(sx);
        double skip = delta ?? 0.01 * (sx[^1] - sx[0]);
        int span = Math.Clamp((int)((f * sx.Length) + 1e-7), 2, sx.Length);

        LocalLines lines = new(sx, sy, span);
        double[] fitted = lines.Smooth(skip, null);
        for (int iteration = 0; iteration < robustIterations; iteration++)
        {
            double[]? robustness = Bisquare(sy, fitted);
            if (robustness is null) break;
            fitted = lines.Smooth(skip, robustness);
        }
        return new LowessCurve(ImmutableCollectionsMarshal.AsImmutableArray(sx), ImmutableCollectionsMarshal.AsImmutableArray(fitted));
    }

    internal static int LowerBound(ReadOnlySpan<double> sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    // Weights (1 − (r/6m)²)², m the median absolute residual; null when the residuals are negligible beside the fit.
    private static double[]? Bisquare(double[] y, double[] fitted)
    {
        double[] absolute = new double[y.Length];
        double total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            absolute[i] = Math.Abs(y[i] - fitted[i]);
            total += absolute[i];
        }
        double[] sorted = [.. absolute];
        Array.Sort(sorted);
        double reach = 6 * Quantiles.Median(sorted);
        if (reach < 1e-7 * total / y.Length) return null;
        double[] weights = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            double r = absolute[i];
            if (r <= 0.001 * reach) weights[i] = 1;
            else if (r <= 0.999 * reach)
            {
                double u = r / reach, v = 1 - (u * u);
                weights[i] = v * v;
            }
        }
        return weights;
    }
}
