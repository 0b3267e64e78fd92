using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>Successes out of trials with exact and score intervals.</summary>
/// <param name="Successes">Number of successes.</param>
/// <param name="Trials">Number of trials.</param>
/// <param name="Value">Successes over trials; null for 0/0.</param>
/// <param name="ExactLower">Clopper–Pearson lower limit (Biometrika 1934;26:404); null for 0/0.</param>
/// <param name="ExactUpper">Clopper–Pearson upper limit; null for 0/0.</param>
/// <param name="WilsonLower">Wilson lower limit (J Am Stat Assoc 1927;22:209); null for 0/0.</param>
/// <param name="WilsonUpper">Wilson upper limit; null for 0/0.</param>
public sealed record Proportion(
    int Successes, int Trials, double? Value, double? ExactLower, double? ExactUpper, double? WilsonLower, double? WilsonUpper)
{
    /// <summary>Estimates a proportion.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 0.</param>
    /// <param name="level">Confidence level.</param>
    /// <exception cref="ArgumentOutOfRangeException">Counts are negative or out of order, or the level is not in (0, 1).</exception>
    public static Proportion Estimate(int successes, int trials, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        Require.Level(level);
        if (trials == 0) return new Proportion(0, 0, null, null, null, null, null);
        double k = successes, n = trials, p = k / n, alpha = 1 - level;
        double exactLower = successes == 0 ? 0 : Tails.BetaQuantile(k, n - k + 1, alpha / 2);
        double exactUpper = successes == trials ? 1 : Tails.BetaQuantile(k + 1, n - k, 1 - (alpha / 2));
        double z = Tails.NormalBound(level), z2 = z * z;
        double centre = p + (z2 / (2 * n));
        double half = z * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        double scale = 1 + (z2 / n);
        return new Proportion(
            successes, trials, p, exactLower, exactUpper, Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }
}
