using System.Collections.Immutable;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Drift;

/// <summary>Customary reading of a population stability index.</summary>
public enum StabilityVerdict
{
    /// <summary>Below 0.1.</summary>
    Stable,

    /// <summary>0.1 to 0.25.</summary>
    Moderate,

    /// <summary>0.25 or more.</summary>
    Major,
}

/// <summary>Population stability index (PSI) of a feature: how far its binned distribution has moved.</summary>
/// <param name="InnerEdges">Edges between bins, ascending; bin k holds values from edge k up to, not including, edge k + 1.</param>
/// <param name="BaselineCounts">Baseline values per bin.</param>
/// <param name="CurrentCounts">Current values per bin.</param>
/// <param name="Terms">(current − baseline) · ln(current / baseline) per bin, shares floored at 10⁻⁴.</param>
/// <param name="Index">Sum of the terms.</param>
/// <param name="JensenShannon">Jensen–Shannon divergence of the same bins, natural logarithm.</param>
/// <param name="Verdict">Customary reading. It ignores sample size: without drift, 300 against 40 rows in ten bins exceed 0.25 in a third of
/// all draws, so judge by <see cref="PermutationTest"/> as well.</param>
/// <remarks>Source: Yurdakul, "Statistical properties of the population stability index", Western Michigan University 2018.</remarks>
public sealed record StabilityIndex(
    ImmutableArray<double> InnerEdges,
    ImmutableArray<int> BaselineCounts,
    ImmutableArray<int> CurrentCounts,
    ImmutableArray<double> Terms,
    double Index,
    double JensenShannon,
    StabilityVerdict Verdict)
{
    private const double Floor = 1e-4;
    private const double DivergenceFloor = 1e-12;

    /// <summary>Index over bins cut at quantiles (type 7) of the baseline; equal cuts are merged.</summary>
    /// <param name="baseline">Baseline values, finite.</param>
    /// <param name="current">Current values, finite.</param>
    /// <param name="bins">Bins, at least 2.</param>
    /// <exception cref="ArgumentException">A sample is empty or a value is not finite (row named).</exception>
    public static StabilityIndex Compute(ReadOnlySpan<double> baseline, ReadOnlySpan<double> current, int bins = 10) =>
        Compute(baseline, current, QuantileEdges(baseline, bins));

    /// <summary>Index over given bins.</summary>
    /// <param name="baseline">Baseline values, finite.</param>
    /// <param name="current">Current values, finite.</param>
    /// <param name="innerEdges">Edges between bins, strictly ascending.</param>
    /// <exception cref="ArgumentException">A sample is empty, a value is not finite (row named), or the edges are not ascending.</exception>
    public static StabilityIndex Compute(ReadOnlySpan<double> baseline, ReadOnlySpan<double> current, ReadOnlySpan<double> innerEdges)
    {
        Require.Finite(baseline, nameof(baseline));
        Require.Finite(current, nameof(current));
        for (int k = 1; k < innerEdges.Length; k++)
        {
            if (!(innerEdges[k] > innerEdges[k - 1])) throw new ArgumentException($"Edge {k + 1} is not above the one before it.", nameof(innerEdges));
        }
        int[] before = Count(baseline, innerEdges), now = Count(current, innerEdges);
        double[] terms = new double[before.Length];
        double sum = 0;
        for (int k = 0; k < terms.Length; k++)
        {
            double p = Math.Max((double)before[k] / baseline.Length, Floor), q = Math.Max((double)now[k] / current.Length, Floor);
            terms[k] = (q - p) * Math.Log(q / p);
            sum += terms[k];
        }
        StabilityVerdict verdict = sum < 0.1 ? StabilityVerdict.Stable : sum < 0.25 ? StabilityVerdict.Moderate : StabilityVerdict.Major;
        return new StabilityIndex(
            [.. innerEdges], [.. before], [.. now], [.. terms], sum, Divergence(before, baseline.Length, now, current.Length), verdict);
    }

    /// <summary>Inner edges at the quantiles 1/bins, …, (bins − 1)/bins of a baseline, equal ones merged.</summary>
    /// <param name="baseline">Baseline values, finite.</param>
    /// <param name="bins">Bins, at least 2.</param>
    public static double[] QuantileEdges(ReadOnlySpan<double> baseline, int bins)
    {
        Require.Finite(baseline, nameof(baseline));
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        double[] sorted = baseline.ToArray();
        Array.Sort(sorted);
        List<double> edges = [];
        for (int k = 1; k < bins; k++)
        {
            double edge = Quantiles.Type7(sorted, (double)k / bins);
            if (edges.Count == 0 || edge > edges[^1]) edges.Add(edge);
        }
        return [.. edges];
    }

    private static int[] Count(ReadOnlySpan<double> values, ReadOnlySpan<double> edges)
    {
        int[] counts = new int[edges.Length + 1];
        foreach (double v in values)
        {
            int at = edges.BinarySearch(v);
            counts[at >= 0 ? at + 1 : ~at]++;
        }
        return counts;
    }

    private static double Divergence(int[] before, int m, int[] now, int n)
    {
        double[] p = [.. before.Select(c => Math.Max((double)c / m, DivergenceFloor))], q = [.. now.Select(c => Math.Max((double)c / n, DivergenceFloor))];
        double sp = p.Sum(), sq = q.Sum(), js = 0;
        for (int k = 0; k < p.Length; k++)
        {
            double a = p[k] / sp, b = q[k] / sq, middle = (a + b) / 2;
            js += ((a * Math.Log(a / middle)) + (b * Math.Log(b / middle))) / 2;
        }
        return js;
    }
}
