using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>Placement values: for each case the share of controls below it, for each control the share of cases above it,
/// ties counting one half. Their means are the AUC; their variances are DeLong's.</summary>
/// <remarks>Source: DeLong, DeLong and Clarke-Pearson, Biometrics 1988;44:837–845; computed by ranks as in Sun and Xu,
/// IEEE Signal Processing Letters 2014;21:1389–1393.</remarks>
public static class PlacementValues
{
    /// <summary>Placement value of each row, in row order.</summary>
    /// <param name="scores">Finite scores.</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1, or one class is absent.</exception>
    public static double[] Compute(ReadOnlySpan<double> scores, ReadOnlySpan<double> y)
    {
        Require.SameLength(scores.Length, y.Length, nameof(y));
        Require.Finite(scores, nameof(scores));
        int n1 = Require.BothClasses(y, nameof(y));
        (double[] cases, double[] controls) = ScoreGroups.Split(scores, y, n1);
        Array.Sort(cases);
        Array.Sort(controls);
        double[] placement = new double[scores.Length];
        for (int i = 0; i < placement.Length; i++)
        {
            placement[i] = y[i] == 1
                ? ShareBelow(controls, scores[i])
                : 1 - ShareBelow(cases, scores[i]);
        }
        return placement;
    }

    /// <summary>Share of reference values below a score, ties counting one half.</summary>
    /// <param name="sortedReference">Ascending reference scores, at least one.</param>
    /// <param name="score">A finite score.</param>
    public static double ShareBelow(ReadOnlySpan<double> sortedReference, double score)
    {
        if (sortedReference.IsEmpty) throw new ArgumentException("The reference is empty.", nameof(sortedReference));
        int below = LowerBound(sortedReference, score, 0);
        int end = LowerBound(sortedReference, Math.BitIncrement(score), below);
        return (below + end) / (2.0 * sortedReference.Length);
    }

    private static int LowerBound(ReadOnlySpan<double> sorted, double value, int start)
    {
        int low = start, high = sorted.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
