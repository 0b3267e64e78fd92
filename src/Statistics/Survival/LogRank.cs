using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HccPipeline.Statistics.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace HccPipeline.Statistics.Survival;

/// <summary>Result of a log-rank test.</summary>
/// <param name="Groups">Group labels, ascending.</param>
/// <param name="Counts">Rows of each group.</param>
/// <param name="Observed">(Weighted) events of each group.</param>
/// <param name="Expected">(Weighted) events expected under equal hazards.</param>
/// <param name="Covariance">Covariance of observed − expected, groups × groups, row-major.</param>
/// <param name="ChiSquared">Test statistic; 0 where no event could differ (no variance).</param>
/// <param name="DegreesOfFreedom">Groups with expected events, less one.</param>
/// <param name="P">p-value; 1 where no degree of freedom is left.</param>
public sealed record LogRankResult(
    ImmutableArray<int> Groups,
    ImmutableArray<int> Counts,
    ImmutableArray<double> Observed,
    ImmutableArray<double> Expected,
    ImmutableArray<double> Covariance,
    double ChiSquared,
    int DegreesOfFreedom,
    double P);

/// <summary>Log-rank and G-rho tests of equal survival, optionally stratified.</summary>
/// <remarks>Sources: Mantel, Cancer Chemother Rep 1966;50:163; Harrington and Fleming, Biometrika 1982;69:553. Hypergeometric variance
/// d(r − d)/(r − 1) · (rₐ/r)(1[a=b] − r_b/r); strata are added. Weights S(t−)^ρ from the pooled curve of the stratum.</remarks>
public static class LogRank
{
    /// <summary>Tests whether groups share one survival function.</summary>
    /// <param name="time">Follow-up times, finite, not negative.</param>
    /// <param name="status">1 event, 0 censored.</param>
    /// <param name="group">Group of each row; at least two different.</param>
    /// <param name="stratum">Stratum of each row; empty for none.</param>
    /// <param name="rho">0 log-rank; 1 Peto and Peto's Wilcoxon.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of range (row named), or there is only one group.</exception>
    public static LogRankResult Test(
        ReadOnlySpan<double> time, ReadOnlySpan<double> status, ReadOnlySpan<int> group, ReadOnlySpan<int> stratum = default, double rho = 0)
    {
        FollowUp data = FollowUp.From(time, status);
        Require.SameLength(time.Length, group.Length, nameof(group));
        (int[] groups, int[] groupOf) = Codes(group);
        if (groups.Length < 2) throw new ArgumentException("Column 'group' holds one value: two groups are needed.", nameof(group));
        Accumulator sum = new(groups.Length, rho);
        if (stratum.IsEmpty)
        {
            sum.Add(data, groupOf, null, 0);
        }
        else
        {
            Require.SameLength(time.Length, stratum.Length, nameof(stratum));
            (int[] strata, int[] stratumOf) = Codes(stratum);
            for (int s = 0; s < strata.Length; s++) sum.Add(data, groupOf, stratumOf, s);
        }
        return sum.Result(groups, groupOf);
    }

    private static (int[] Labels, int[] CodeOf) Codes(ReadOnlySpan<int> labels)
    {
        int[] distinct = [.. new SortedSet<int>(labels.ToArray())];
        int[] codes = new int[labels.Length];
        for (int i = 0; i < codes.Length; i++) codes[i] = Array.BinarySearch(distinct, labels[i]);
        return (distinct, codes);
    }

    private sealed class Accumulator(int k, double rho)
    {
        private readonly double[] _observed = new double[k];
        private readonly double[] _expected = new double[k];
        private readonly double[] _covariance = new double[k * k];
        private readonly int[] _atRisk = new int[k];
        private readonly int[] _events = new int[k];
        private readonly int[] _leaving = new int[k];

        public void Add(FollowUp data, int[] groupOf, int[]? stratumOf, int stratum)
        {
            Array.Clear(_atRisk);
            int total = 0;
            for (int i = 0; i < groupOf.Length; i++)
            {
                if (stratumOf is not null && stratumOf[i] != stratum) continue;
                _atRisk[groupOf[i]]++;
                total++;
            }
            double survival = 1;
            for (int i = 0; i < data.Length;)
            {
                double t = data.Time[i];
                int deaths = 0, left = 0;
                for (; i < data.Length && data.Time[i] == t; i++)
                {
                    int row = data.Order[i];
                    if (stratumOf is not null && stratumOf[row] != stratum) continue;
                    left++;
                    _leaving[groupOf[row]]++;
                    if (!data.IsEvent[i]) continue;
                    deaths++;
                    _events[groupOf[row]]++;
                }
                if (deaths > 0)
                {
                    AddTime(deaths, total, rho == 0 ? 1 : Math.Pow(survival, rho));
                    survival *= (double)(total - deaths) / total;
                }
                if (left == 0) continue;
                total -= left;
                for (int a = 0; a < k; a++)
                {
                    _atRisk[a] -= _leaving[a];
                    _leaving[a] = 0;
                    _events[a] = 0;
                }
            }
        }

        public LogRankResult Result(int[] groups, int[] groupOf)
        {
            int[] counts = new int[k];
            foreach (int g in groupOf) counts[g]++;
            int[] used = [.. Enumerable.Range(0, k).Where(a => _expected[a] > 0)];
            int df = Math.Max(0, used.Length - 1);
            double chi = df == 0 ? 0 : Quadratic(used[..^1]);
            return new LogRankResult(
                ImmutableCollectionsMarshal.AsImmutableArray(groups),
                ImmutableCollectionsMarshal.AsImmutableArray(counts),
                ImmutableCollectionsMarshal.AsImmutableArray(_observed),
                ImmutableCollectionsMarshal.AsImmutableArray(_expected),
                ImmutableCollectionsMarshal.AsImmutableArray(_covariance),
                chi,
                df,
                df == 0 ? 1 : Tails.ChiSquaredUpper(chi, df));
        }

        private void AddTime(int deaths, int total, double weight)
        {
            double n = total;
            double v = total > 1 ? weight * weight * deaths * (n - deaths) / (n - 1) : 0;
            for (int a = 0; a < k; a++)
            {
                _observed[a] += weight * _events[a];
                double share = _atRisk[a] / n;
                _expected[a] += weight * deaths * share;
                for (int b = 0; b < k; b++) _covariance[(a * k) + b] += v * share * ((a == b ? 1 : 0) - (_atRisk[b] / n));
            }
        }

        // One group is redundant: its difference is minus the sum of the others.
        private double Quadratic(int[] kept)
        {
            Vector<double> difference = Vector<double>.Build.Dense(kept.Length, i => _observed[kept[i]] - _expected[kept[i]]);
            Matrix<double> v = Matrix<double>.Build.Dense(kept.Length, kept.Length, (i, j) => _covariance[(kept[i] * k) + kept[j]]);
            if (v.Diagonal().AbsoluteMaximum() <= 1e-12 * (1 + difference.AbsoluteMaximum())) return 0;
            return difference * v.Svd().Solve(difference);
        }
    }
}
