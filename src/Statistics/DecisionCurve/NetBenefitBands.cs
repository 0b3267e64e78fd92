using System.Collections.Immutable;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.DecisionCurve;

/// <summary>Pointwise bootstrap bands of a decision curve.</summary>
/// <param name="Thresholds">Threshold probabilities.</param>
/// <param name="Lower">Lower limit of the model's net benefit at each threshold.</param>
/// <param name="Upper">Upper limit.</param>
/// <param name="StandardizedLower">Lower limit of net benefit over the replicate's prevalence.</param>
/// <param name="StandardizedUpper">Upper limit of the same.</param>
/// <param name="Replicates">Replicates drawn.</param>
/// <param name="Level">Confidence level at each threshold.</param>
/// <remarks>Source: Vickers et al., BMC Med Inform Decis Mak 2008;8:53. Rows are redrawn together; a replicate without both classes is drawn
/// again. Replicate b draws from stream b of the seed.</remarks>
public sealed record NetBenefitBands(
    ImmutableArray<double> Thresholds,
    ImmutableArray<double> Lower,
    ImmutableArray<double> Upper,
    ImmutableArray<double> StandardizedLower,
    ImmutableArray<double> StandardizedUpper,
    int Replicates,
    double Level)
{
    /// <summary>Draws the replicates, O(n + thresholds) each.</summary>
    /// <param name="p">Predicted probabilities in [0, 1].</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="thresholds">Threshold probabilities strictly between 0 and 1, strictly ascending.</param>
    /// <param name="replicates">Replicates, at least 2.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="cancellation">Stops the computation.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of range (row named), one class is absent, or thresholds do not ascend.</exception>
    public static NetBenefitBands Compute(
        ReadOnlySpan<double> p,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> thresholds,
        int replicates,
        ulong seed,
        double level = 0.95,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 2);
        Require.Level(level);
        Require.SameLength(p.Length, y.Length, nameof(y));
        Require.Probabilities(p, nameof(p), open: false);
        Require.Probabilities(thresholds, nameof(thresholds), open: true);
        Require.BothClasses(y, nameof(y));
        for (int k = 1; k < thresholds.Length; k++)
        {
            if (!(thresholds[k] > thresholds[k - 1])) throw new ArgumentException($"Threshold {k + 1} is not above the one before it.", nameof(thresholds));
        }
        double[] t = thresholds.ToArray(), outcome = y.ToArray();
        int[] passed = new int[p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            int at = Array.BinarySearch(t, p[i]);
            passed[i] = at >= 0 ? at + 1 : ~at;
        }
        NetBenefit[] curves = new NetBenefit[replicates];
        Parallel.For(0, replicates, new ParallelOptions { CancellationToken = cancellation }, b =>
            curves[b] = Replicate(t, passed, outcome, SplitMix64.Stream(seed, b)));
        double tail = (1 - level) / 2;
        return new NetBenefitBands(
            [.. t],
            Percentile(curves, c => c.Model, tail),
            Percentile(curves, c => c.Model, 1 - tail),
            Percentile(curves, c => c.Standardized, tail),
            Percentile(curves, c => c.Standardized, 1 - tail),
            replicates,
            level);
    }

    private static NetBenefit Replicate(double[] t, int[] passed, double[] y, SplitMix64 random)
    {
        int n = y.Length, m = t.Length, events;
        int[] tp = new int[m + 1], fp = new int[m + 1];
        do
        {
            Array.Clear(tp);
            Array.Clear(fp);
            events = 0;
            for (int k = 0; k < n; k++)
            {
                int row = random.NextBelow(n);
                if (y[row] == 1)
                {
                    events++;
                    tp[passed[row]]++;
                }
                else
                {
                    fp[passed[row]]++;
                }
            }
        }
        while (events == 0 || events == n);

        // A row that passes j thresholds is treated at the first j of them.
        for (int j = m - 1; j > 0; j--)
        {
            tp[j] += tp[j + 1];
            fp[j] += fp[j + 1];
        }
        return NetBenefit.FromCounts(t, tp[1..], fp[1..], events, n);
    }

    private static ImmutableArray<double> Percentile(NetBenefit[] curves, Func<NetBenefit, ImmutableArray<double>> part, double probability)
    {
        double[] limits = new double[part(curves[0]).Length], sorted = new double[curves.Length];
        for (int k = 0; k < limits.Length; k++)
        {
            for (int b = 0; b < curves.Length; b++) sorted[b] = part(curves[b])[k];
            Array.Sort(sorted);
            limits[k] = Quantiles.Type7(sorted, probability);
        }
        return [.. limits];
    }
}
