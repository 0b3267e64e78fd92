using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>Percentile interval of an AUC from a stratified bootstrap: cases and controls are redrawn apart, so their numbers stay.</summary>
/// <param name="Auc">AUC of the data.</param>
/// <param name="Lower">Lower percentile limit.</param>
/// <param name="Upper">Upper percentile limit.</param>
/// <param name="Replicates">Replicates drawn.</param>
/// <param name="Level">Confidence level.</param>
/// <remarks>Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13. Replicate b draws from stream b of the seed:
/// the same bits for any number of threads.</remarks>
public sealed record AucBootstrap(double Auc, double Lower, double Upper, int Replicates, double Level)
{
    /// <summary>Draws the replicates, O(n) each after one sort.</summary>
    /// <param name="scores">Finite scores.</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="replicates">Replicates, at least 2.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="cancellation">Stops the computation.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1 (row named), or one class is absent.</exception>
    public static AucBootstrap Compute(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> y,
        int replicates,
        ulong seed,
        double level = 0.95,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 2);
        Require.Level(level);
        ScoreGroups groups = ScoreGroups.From(scores, y);
        int[] groupOfCase = Expand(groups.Cases, groups.CaseTotal), groupOfControl = Expand(groups.Controls, groups.ControlTotal);
        double[] aucs = new double[replicates];
        Parallel.For(0, replicates, new ParallelOptions { CancellationToken = cancellation }, b =>
        {
            // By reference: a copy of the generator would draw the same numbers for both classes.
            SplitMix64 random = SplitMix64.Stream(seed, b);
            int[] cases = Redraw(groupOfCase, groups.Score.Length, ref random), controls = Redraw(groupOfControl, groups.Score.Length, ref random);
            aucs[b] = groups.WithCounts(cases, controls).Auc();
        });
        Array.Sort(aucs);
        double tail = (1 - level) / 2;
        return new AucBootstrap(groups.Auc(), Quantiles.Type7(aucs, tail), Quantiles.Type7(aucs, 1 - tail), replicates, level);
    }

    private static int[] Expand(int[] counts, int total)
    {
        int[] groupOf = new int[total];
        for (int g = 0, i = 0; g < counts.Length; g++)
        {
            for (int k = 0; k < counts[g]; k++) groupOf[i++] = g;
        }
        return groupOf;
    }

    private static int[] Redraw(int[] groupOf, int groups, ref SplitMix64 random)
    {
        int[] counts = new int[groups];
        for (int i = 0; i < groupOf.Length; i++) counts[groupOf[random.NextBelow(groupOf.Length)]]++;
        return counts;
    }
}
