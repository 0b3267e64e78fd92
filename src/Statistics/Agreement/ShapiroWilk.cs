using HccPipeline.Statistics.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Shapiro–Wilk test of normality.</summary>
/// <param name="W">Statistic, at most 1.</param>
/// <param name="P">p-value.</param>
/// <remarks>Source: Royston, algorithm AS R94, Appl Stat 1995;44:547–551 (coefficients and normalising polynomials from there).</remarks>
public sealed record ShapiroWilk(double W, double P)
{
    private static readonly double[] LastCoefficient = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
    private static readonly double[] SecondLastCoefficient = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
    private static readonly double[] SmallMean = [0.544, -0.39978, 0.025054, -6.714e-4];
    private static readonly double[] SmallLogSd = [1.3822, -0.77857, 0.062767, -0.0020322];
    private static readonly double[] LargeMean = [-1.5861, -0.31082, -0.083751, 0.0038915];
    private static readonly double[] LargeLogSd = [-0.4803, -0.082676, 0.0030302];
    private static readonly double[] SmallGamma = [-2.273, 0.459];

    /// <summary>Tests a sample.</summary>
    /// <param name="values">3 to 5,000 finite values.</param>
    /// <returns>The test, or null when all values are equal and the statistic is not defined.</returns>
    /// <exception cref="ArgumentException">Fewer than 3 or more than 5,000 values, or one is not finite (row named).</exception>
    public static ShapiroWilk? Test(ReadOnlySpan<double> values)
    {
        Require.Finite(values, nameof(values));
        int n = values.Length;
        if (n is < 3 or > 5000) throw new ArgumentException($"Shapiro–Wilk takes 3 to 5,000 values; there are {n}.", nameof(values));
        double[] x = values.ToArray();
        Array.Sort(x);
        if (x[^1] - x[0] < 1e-19) return null;
        double w = Statistic(x, Weights(n), out double oneMinusW);
        return new ShapiroWilk(w, PValue(w, oneMinusW, n));
    }

    // Weights of the upper half, largest value first.
    private static double[] Weights(int n)
    {
        int half = n / 2;
        double[] a = new double[half];
        if (n == 3)
        {
            a[0] = Math.Sqrt(0.5);
            return a;
        }
        double[] m = new double[half];
        double squares = 0;
        for (int i = 0; i < half; i++)
        {
            m[i] = Normal.InvCDF(0, 1, (i + 1 - 0.375) / (n + 0.25));
            squares += m[i] * m[i];
        }
        squares *= 2;
        double root = Math.Sqrt(squares), u = 1 / Math.Sqrt(n);
        double last = Polynomial.Evaluate(u, LastCoefficient) - (m[0] / root);
        int approximated = n > 5 ? 2 : 1;
        double norm;
        if (n > 5)
        {
            double second = -(m[1] / root) + Polynomial.Evaluate(u, SecondLastCoefficient);
            norm = Math.Sqrt((squares - (2 * m[0] * m[0]) - (2 * m[1] * m[1])) / (1 - (2 * last * last) - (2 * second * second)));
            a[1] = second;
        }
        else
        {
            norm = Math.Sqrt((squares - (2 * m[0] * m[0])) / (1 - (2 * last * last)));
        }
        a[0] = last;
        for (int i = approximated; i < half; i++) a[i] = -m[i] / norm;
        return a;
    }

    private static double Statistic(double[] x, double[] weights, out double oneMinusW)
    {
        int n = x.Length;
        double range = x[^1] - x[0], meanX = 0, meanA = 0;
        for (int i = 0; i < n; i++)
        {
            meanX += x[i] / range;
            meanA += Signed(weights, i, n);
        }
        meanX /= n;
        meanA /= n;
        double ssa = 0, ssx = 0, sax = 0;
        for (int i = 0; i < n; i++)
        {
            double da = Signed(weights, i, n) - meanA, dx = (x[i] / range) - meanX;
            ssa += da * da;
            ssx += dx * dx;
            sax += da * dx;
        }
        // 1 − W from a product of differences keeps its digits when W is near 1.
        double both = Math.Sqrt(ssa * ssx);
        oneMinusW = (both - sax) * (both + sax) / (ssa * ssx);
        return 1 - oneMinusW;
    }

    private static double Signed(double[] weights, int i, int n)
    {
        int mirror = n - 1 - i;
        if (i == mirror) return 0;
        return i < mirror ? -weights[i] : weights[mirror];
    }

    private static double PValue(double w, double oneMinusW, int n)
    {
        if (n == 3)
        {
            double p = 6 / Math.PI * (Math.Asin(Math.Sqrt(w)) - Math.Asin(Math.Sqrt(0.75)));
            return Math.Max(0, p);
        }
        double y = Math.Log(oneMinusW), logN = Math.Log(n), mean, sd;
        if (n <= 11)
        {
            double gamma = Polynomial.Evaluate(n, SmallGamma);
            if (y >= gamma) return 1e-99;
            y = -Math.Log(gamma - y);
            mean = Polynomial.Evaluate(n, SmallMean);
            sd = Math.Exp(Polynomial.Evaluate(n, SmallLogSd));
        }
        else
        {
            mean = Polynomial.Evaluate(logN, LargeMean);
            sd = Math.Exp(Polynomial.Evaluate(logN, LargeLogSd));
        }
        return Tails.NormalUpper((y - mean) / sd);
    }
}
