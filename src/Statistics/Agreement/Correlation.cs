using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Pearson and Spearman correlation of two columns.</summary>
/// <param name="Pearson">Product-moment correlation.</param>
/// <param name="PearsonP">Two-sided p-value, Student's t on n − 2.</param>
/// <param name="Lower">Lower limit by Fisher's z; null with fewer than four rows.</param>
/// <param name="Upper">Upper limit by Fisher's z; null with fewer than four rows.</param>
/// <param name="Spearman">Correlation of mid-ranks.</param>
/// <param name="SpearmanP">Two-sided p-value, Student's t on n − 2.</param>
public sealed record Correlation(double Pearson, double PearsonP, double? Lower, double? Upper, double Spearman, double SpearmanP)
{
    /// <summary>Computes both.</summary>
    /// <param name="x">First column, at least three finite values.</param>
    /// <param name="y">Second column.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The correlations, or null when a column is constant.</returns>
    /// <exception cref="ArgumentException">Lengths differ, fewer than three rows, or a value is not finite (row named).</exception>
    public static Correlation? Compute(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double level = 0.95)
    {
        Require.Level(level);
        Require.SameLength(x.Length, y.Length, nameof(y));
        Require.Finite(x, nameof(x));
        Require.Finite(y, nameof(y));
        if (x.Length < 3) throw new ArgumentException("A correlation test needs at least three rows.", nameof(x));
        if (Product(x, y) is not { } r || Product(Ranks.Of(x).Rank, Ranks.Of(y).Rank) is not { } rho) return null;
        double? lower = null, upper = null;
        if (x.Length > 3)
        {
            double half = Tails.NormalBound(level) / Math.Sqrt(x.Length - 3);
            lower = Math.Tanh(Math.Atanh(r) - half);
            upper = Math.Tanh(Math.Atanh(r) + half);
        }
        return new Correlation(r, P(r, x.Length), lower, upper, rho, P(rho, x.Length));
    }

    private static double P(double r, int n) =>
        Tails.StudentTwoSided(Math.Abs(r) >= 1 ? double.PositiveInfinity : r * Math.Sqrt((n - 2) / (1 - (r * r))), n - 2);

    private static double? Product(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Moments mx = Moments.Of(x), my = Moments.Of(y);
        if (mx.Squares == 0 || my.Squares == 0) return null;
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += (x[i] - mx.Mean) * (y[i] - my.Mean);
        return Math.Clamp(sum / (Math.Sqrt(mx.Squares) * Math.Sqrt(my.Squares)), -1, 1);
    }
}
