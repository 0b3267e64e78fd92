using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Result of a t-test.</summary>
/// <param name="Difference">Mean of the first sample minus mean of the second.</param>
/// <param name="Lower">Lower confidence limit of the difference.</param>
/// <param name="Upper">Upper confidence limit of the difference.</param>
/// <param name="T">Statistic.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom.</param>
/// <param name="P">Two-sided p-value.</param>
public sealed record TTest(double Difference, double Lower, double Upper, double T, double DegreesOfFreedom, double P);

/// <summary>Tests of two means and of two variances.</summary>
/// <remarks>Sources: Student, Biometrika 1908;6:1; Welch, Biometrika 1947;34:28 with Satterthwaite's degrees of freedom.</remarks>
public static class MeanTests
{
    /// <summary>Welch's test: variances may differ.</summary>
    /// <param name="a">First sample, at least two finite values.</param>
    /// <param name="b">Second sample, at least two finite values.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The test, or null when both samples are constant and no variance exists.</returns>
    /// <exception cref="ArgumentException">Fewer than two values, or one is not finite (row named).</exception>
    public static TTest? Welch(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double level = 0.95)
    {
        (Moments ma, Moments mb) = Check(a, b);
        double va = ma.Variance / ma.Count, vb = mb.Variance / mb.Count, variance = va + vb;
        double df = variance * variance / ((va * va / (ma.Count - 1)) + (vb * vb / (mb.Count - 1)));
        return Result(ma.Mean - mb.Mean, variance, df, level);
    }

    /// <summary>Student's test: one common variance.</summary>
    /// <inheritdoc cref="Welch"/>
    public static TTest? Student(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double level = 0.95)
    {
        (Moments ma, Moments mb) = Check(a, b);
        double df = ma.Count + mb.Count - 2;
        double pooled = (ma.Squares + mb.Squares) / df;
        return Result(ma.Mean - mb.Mean, pooled * ((1.0 / ma.Count) + (1.0 / mb.Count)), df, level);
    }

    /// <summary>F-test of equal variances, two-sided.</summary>
    /// <param name="a">First sample.</param>
    /// <param name="b">Second sample; not constant.</param>
    /// <returns>Ratio of variances and p-value; null when the second variance is 0.</returns>
    /// <exception cref="ArgumentException">Fewer than two values, or one is not finite (row named).</exception>
    public static (double F, double P)? VarianceRatio(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        (Moments ma, Moments mb) = Check(a, b);
        if (mb.Squares == 0) return null;
        double f = ma.Variance / mb.Variance, df1 = ma.Count - 1, df2 = mb.Count - 1;
        return (f, Math.Min(1, 2 * Math.Min(Tails.FisherLower(f, df1, df2), Tails.FisherUpper(f, df1, df2))));
    }

    private static (Moments A, Moments B) Check(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Require.Finite(a, nameof(a));
        Require.Finite(b, nameof(b));
        if (a.Length < 2 || b.Length < 2) throw new ArgumentException($"Two values per sample are needed; there are {a.Length} and {b.Length}.", nameof(a));
        return (Moments.Of(a), Moments.Of(b));
    }

    private static TTest? Result(double difference, double variance, double df, double level)
    {
        Require.Level(level);
        if (!(variance > 0)) return null;
        double se = Math.Sqrt(variance), t = difference / se, half = Tails.StudentBound(level, df) * se;
        return new TTest(difference, difference - half, difference + half, t, df, Tails.StudentTwoSided(t, df));
    }
}
