using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>Local polynomial regression of one predictor, fitted exactly at each point asked for.</summary>
/// <remarks>Source: Cleveland and Devlin, J Am Stat Assoc 1988;83:596–610; R's loess with surface = "direct".</remarks>
public static class Loess
{
    /// <summary>Fits at the given points.</summary>
    /// <param name="x">Finite abscissae.</param>
    /// <param name="y">Finite ordinates.</param>
    /// <param name="at">Finite points at which the curve is wanted.</param>
    /// <param name="span">Share of rows in each local fit, in (0, 1]; at least degree + 1 rows.</param>
    /// <param name="degree">1 for lines, 2 for parabolas.</param>
    /// <returns>Fitted values; null at a point whose neighbourhood has too few distinct abscissae for the degree.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite (row named), or span or degree is out of range.</exception>
    public static double?[] Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> at, double span = 0.75, int degree = 2)
    {
        Require.SameLength(x.Length, y.Length, nameof(y));
        Require.Finite(x, nameof(x));
        Require.Finite(y, nameof(y));
        Require.Finite(at, nameof(at));
        if (degree is not (1 or 2)) throw new ArgumentOutOfRangeException(nameof(degree), degree, "Lines (1) or parabolas (2).");
        if (!(span is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(span), span, "The span lies in (0, 1].");
        int neighbours = (int)Math.Floor((x.Length * span) + 1e-5);
        if (neighbours <= degree) throw new ArgumentException($"A span of {neighbours} rows is too small for degree {degree}.", nameof(span));
        double?[] fitted = new double?[at.Length];
        double[] distance = new double[x.Length], weight = new double[x.Length];
        for (int k = 0; k < at.Length; k++)
        {
            for (int i = 0; i < x.Length; i++) distance[i] = Math.Abs(x[i] - at[k]);
            Array.Sort(distance);
            double reach = distance[neighbours - 1];
            for (int i = 0; i < x.Length; i++)
            {
                double u = Math.Abs(x[i] - at[k]) / reach, tricube = u < 1 ? 1 - (u * u * u) : 0;
                weight[i] = tricube * tricube * tricube;
            }
            fitted[k] = Local(x, y, weight, at[k], reach, degree);
        }
        return fitted;
    }

    // Weighted least squares in powers of (x − point)/reach by Gram–Schmidt; the value at the point is the polynomial at 0.
    private static double? Local(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] weight, double point, double reach, int degree)
    {
        int n = x.Length;
        double[][] basis = new double[degree + 1][];
        double[] atPoint = new double[degree + 1];
        double fit = 0;
        for (int d = 0; d <= degree; d++)
        {
            double[] column = new double[n];
            for (int i = 0; i < n; i++) column[i] = Math.Pow((x[i] - point) / reach, d);
            double before = Inner(column, column, weight), value = d == 0 ? 1 : 0;
            for (int pass = 0; pass < 2; pass++)
            {
                for (int e = 0; e < d; e++)
                {
                    double projection = Inner(column, basis[e], weight);
                    for (int i = 0; i < n; i++) column[i] -= projection * basis[e][i];
                    value -= projection * atPoint[e];
                }
            }
            double length = Inner(column, column, weight);
            if (!(length > 1e-14 * before)) return null;
            double root = Math.Sqrt(length), response = 0;
            for (int i = 0; i < n; i++)
            {
                column[i] /= root;
                response += weight[i] * column[i] * y[i];
            }
            (basis[d], atPoint[d]) = (column, value / root);
            fit += response * atPoint[d];
        }
        return fit;
    }

    private static double Inner(double[] a, double[] b, double[] weight)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += weight[i] * a[i] * b[i];
        return sum;
    }
}
