using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Mann–Whitney U test of two independent samples.</summary>
/// <param name="U">Pairs in which the first sample is larger, ties counting one half (R's W).</param>
/// <param name="HasTies">Whether any value occurs twice.</param>
/// <param name="PCorrected">Two-sided p-value, normal with tie-corrected variance and continuity correction ½; null when all values are equal.</param>
/// <param name="PUncorrected">The same without continuity correction.</param>
/// <param name="PExact">Exact two-sided p-value; null with ties or when not asked for.</param>
/// <param name="P">Exact where both samples are below 50 and there are no ties, else the corrected normal one; 1 when all values are equal.</param>
/// <remarks>Source: Mann and Whitney, Ann Math Stat 1947;18:50–60.</remarks>
public sealed record MannWhitney(double U, bool HasTies, double? PCorrected, double? PUncorrected, double? PExact, double P)
{
    private const int ExactBelow = 50;

    /// <summary>Tests two samples.</summary>
    /// <param name="a">First sample, at least one finite value.</param>
    /// <param name="b">Second sample, at least one finite value.</param>
    /// <exception cref="ArgumentException">A sample is empty or a value is not finite (row named).</exception>
    public static MannWhitney Test(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Require.Finite(a, nameof(a));
        Require.Finite(b, nameof(b));
        double na = a.Length, nb = b.Length, n = na + nb;
        double[] all = [.. a, .. b];
        (double[] rank, double tieSum) = Ranks.Of(all);
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += rank[i];
        double u = sum - (na * (na + 1) / 2), distance = u - (na * nb / 2);
        double sigma = Math.Sqrt(na * nb / 12 * (n + 1 - (tieSum / (n * (n - 1)))));
        double? corrected = null, uncorrected = null, exact = null;
        if (sigma > 0)
        {
            corrected = Tails.NormalTwoSided((distance - (Math.Sign(distance) * 0.5)) / sigma);
            uncorrected = Tails.NormalTwoSided(distance / sigma);
        }
        if (tieSum == 0 && a.Length < ExactBelow && b.Length < ExactBelow) exact = Exact((int)u, a.Length, b.Length);
        return new MannWhitney(u, tieSum > 0, corrected, uncorrected, exact, exact ?? corrected ?? 1);
    }

    // Twice the smaller tail of the permutation distribution.
    private static double Exact(int u, int na, int nb)
    {
        int tail = Math.Min(u, (na * nb) - u);
        double[] ways = Ways(na, nb);
        double below = 0, total = 0;
        for (int k = 0; k < ways.Length; k++)
        {
            total += ways[k];
            if (k <= tail) below += ways[k];
        }
        return Math.Min(1, 2 * below / total);
    }

    // Number of arrangements by U: the Gaussian binomial coefficient, as a product of (1 − q^(nb+i)) / (1 − q^i).
    private static double[] Ways(int na, int nb)
    {
        double[] ways = new double[(na * nb) + 1];
        ways[0] = 1;
        for (int i = 1; i <= na; i++)
        {
            for (int k = ways.Length - 1; k >= nb + i; k--) ways[k] -= ways[k - nb - i];
            for (int k = i; k < ways.Length; k++) ways[k] += ways[k - i];
        }
        return ways;
    }
}
