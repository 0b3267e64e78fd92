namespace HccPipeline.Statistics.Agreement;

/// <summary>Ranks with ties at their mean.</summary>
internal static class Ranks
{
    /// <summary>1-based mid-ranks in row order, and Σ(t³ − t) over tie groups.</summary>
    public static (double[] Rank, double TieSum) Of(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray(), rank = new double[values.Length];
        int[] order = new int[values.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        double ties = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            while (end < sorted.Length && sorted[end] == sorted[start]) end++;
            for (int k = start; k < end; k++) rank[order[k]] = (start + 1 + end) / 2.0;
            double t = end - start;
            ties += (t * t * t) - t;
            start = end;
        }
        return (rank, ties);
    }
}
