using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Penalty for readers who differ by some categories.</summary>
public enum KappaWeights
{
    /// <summary>Any difference counts in full.</summary>
    None,

    /// <summary>Differences count by the number of categories between them.</summary>
    Linear,

    /// <summary>Differences count by the square of that number.</summary>
    Quadratic,
}

/// <summary>Cohen's kappa of two readers.</summary>
/// <param name="Kappa">(observed − chance agreement) / (1 − chance agreement).</param>
/// <param name="StandardError">Large-sample standard error.</param>
/// <param name="Lower">Lower Wald limit, at least −1.</param>
/// <param name="Upper">Upper Wald limit, at most 1.</param>
/// <param name="Observed">Weighted observed agreement.</param>
/// <param name="Expected">Weighted agreement by chance.</param>
/// <remarks>Sources: Cohen, Educ Psychol Meas 1960;20:37 and Psychol Bull 1968;70:213; standard error as Fleiss, Cohen and Everitt,
/// Psychol Bull 1969;72:323.</remarks>
public sealed record CohenKappa(double Kappa, double StandardError, double Lower, double Upper, double Observed, double Expected)
{
    /// <summary>Computes kappa of two readers' categories.</summary>
    /// <param name="first">Category of each subject by the first reader; any integers, ordered by value for weighted kappa.</param>
    /// <param name="second">Category by the second reader.</param>
    /// <param name="weights">Weighting of differences.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="categories">All categories, increasing, also those that nobody used, which lie between others all the same; null: those
    /// used.</param>
    /// <returns>Kappa, or null when both readers used one and the same category throughout.</returns>
    /// <exception cref="ArgumentException">Lengths differ, there are no subjects, or one is in none of the categories (subject named).</exception>
    public static CohenKappa? Compute(
        ReadOnlySpan<int> first, ReadOnlySpan<int> second, KappaWeights weights = KappaWeights.None, double level = 0.95,
        IReadOnlyList<int>? categories = null)
    {
        Require.Level(level);
        Require.SameLength(first.Length, second.Length, nameof(second));
        if (first.IsEmpty) throw new ArgumentException("There are no subjects.", nameof(first));
        SortedSet<int> used = [.. first, .. second];
        if (used.Count == 1) return null;
        int[] ordered = [.. categories ?? [.. used]];
        int c = ordered.Length;
        double[,] share = new double[c, c];
        double[] rows = new double[c], columns = new double[c];
        double n = first.Length;
        for (int i = 0; i < first.Length; i++)
        {
            int a = Array.BinarySearch(ordered, first[i]), b = Array.BinarySearch(ordered, second[i]);
            if (a < 0 || b < 0) throw new ArgumentException($"Subject {i + 1}: {(a < 0 ? first[i] : second[i])} is not among the categories.", nameof(categories));
            share[a, b] += 1 / n;
            rows[a] += 1 / n;
            columns[b] += 1 / n;
        }
        return Result(share, rows, columns, n, weights, Tails.NormalBound(level));
    }

    private static CohenKappa Result(double[,] share, double[] rows, double[] columns, double n, KappaWeights weights, double z)
    {
        int c = rows.Length;
        double observed = 0, expected = 0;
        double[] rowWeight = new double[c], columnWeight = new double[c];
        for (int a = 0; a < c; a++)
        {
            for (int b = 0; b < c; b++)
            {
                double w = Weight(a, b, c, weights);
                observed += w * share[a, b];
                expected += w * rows[a] * columns[b];
                rowWeight[a] += w * columns[b];
                columnWeight[b] += w * rows[a];
            }
        }
        double kappa = (observed - expected) / (1 - expected), sum = 0;
        for (int a = 0; a < c; a++)
        {
            for (int b = 0; b < c; b++)
            {
                double term = Weight(a, b, c, weights) - ((rowWeight[a] + columnWeight[b]) * (1 - kappa));
                sum += share[a, b] * term * term;
            }
        }
        double offset = kappa - (expected * (1 - kappa));
        double se = Math.Sqrt(Math.Max(0, sum - (offset * offset)) / n) / (1 - expected);
        return new CohenKappa(kappa, se, Math.Max(-1, kappa - (z * se)), Math.Min(1, kappa + (z * se)), observed, expected);
    }

    private static double Weight(int a, int b, int categories, KappaWeights weights)
    {
        double distance = Math.Abs(a - b) / (double)(categories - 1);
        return weights switch
        {
            KappaWeights.None => a == b ? 1 : 0,
            KappaWeights.Linear => 1 - distance,
            _ => 1 - (distance * distance),
        };
    }
}
