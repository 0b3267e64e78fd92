using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Survival;

/// <summary>Harrell's concordance of a risk score with survival: a pair is comparable when the shorter time is an event.</summary>
/// <param name="C">(concordant + half the score ties) / comparable pairs; null when no pair is comparable.</param>
/// <param name="StandardError">From the influence of each row (infinitesimal jackknife); null as above.</param>
/// <param name="Concordant">Pairs where the higher score fails first.</param>
/// <param name="Discordant">Pairs where the lower score fails first.</param>
/// <param name="TiedScore">Comparable pairs with equal scores.</param>
/// <param name="TiedTime">Pairs of events at the same time with different scores; not counted.</param>
/// <param name="TiedBoth">Pairs of events equal in time and score; not counted.</param>
/// <remarks>Sources: Harrell et al., JAMA 1982;247:2543; variance as in Therneau's survival package, sum of squared influences.</remarks>
public sealed record Concordance(
    double? C, double? StandardError, long Concordant, long Discordant, long TiedScore, long TiedTime, long TiedBoth)
{
    /// <summary>Counts all pairs in O(n log n).</summary>
    /// <param name="time">Follow-up times, finite, not negative.</param>
    /// <param name="status">1 event, 0 censored.</param>
    /// <param name="score">Risk score, higher for an earlier event; finite.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is out of range (row named).</exception>
    public static Concordance Of(ReadOnlySpan<double> time, ReadOnlySpan<double> status, ReadOnlySpan<double> score)
    {
        FollowUp data = FollowUp.From(time, status);
        Require.SameLength(time.Length, score.Length, nameof(score));
        Require.Finite(score, nameof(score));
        return Of(data, score);
    }

    internal static Concordance Of(FollowUp data, ReadOnlySpan<double> score)
    {
        int[] rank = Ranks(data, score, out int distinct);
        PairCounts[] pairs = new PairCounts[data.Length];
        CountLater(data, rank, distinct, pairs);
        long concordant = 0, discordant = 0, tied = 0;
        foreach (PairCounts c in pairs) (concordant, discordant, tied) = (concordant + c.Concordant, discordant + c.Discordant, tied + c.Tied);
        CountEarlier(data, rank, distinct, pairs);
        (long tiedTime, long tiedBoth) = CountTiedEvents(data, rank, distinct);
        double total = (double)concordant + discordant + tied;
        if (total == 0) return new Concordance(null, null, 0, 0, 0, tiedTime, tiedBoth);
        double somers = (concordant - discordant) / total, squares = 0;
        foreach (PairCounts c in pairs)
        {
            double influence = (c.Concordant - c.Discordant - (somers * ((double)c.Concordant + c.Discordant + c.Tied))) / total / 2;
            squares += influence * influence;
        }
        return new Concordance(
            (concordant + (tied / 2.0)) / total, Math.Sqrt(squares), concordant, discordant, tied, tiedTime, tiedBoth);
    }

    private static int[] Ranks(FollowUp data, ReadOnlySpan<double> score, out int distinct)
    {
        double[] sorted = score.ToArray();
        int[] rows = StableSort.SortWithOrder(sorted), rankOfRow = new int[sorted.Length], rank = new int[sorted.Length];
        distinct = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (i > 0 && sorted[i] != sorted[i - 1]) distinct++;
            rankOfRow[rows[i]] = distinct;
        }
        distinct++;
        for (int i = 0; i < rank.Length; i++) rank[i] = rankOfRow[data.Order[i]];
        return rank;
    }

    // Each event against the rows that outlive it: later times, and censorings at its own time.
    private static void CountLater(FollowUp data, int[] rank, int distinct, PairCounts[] pairs)
    {
        RankCounter later = new(distinct);
        for (int end = data.Length - 1; end >= 0;)
        {
            int start = end, i = end;
            while (start > 0 && data.Time[start - 1] == data.Time[end]) start--;
            for (; i >= start && !data.IsEvent[i]; i--) later.Add(rank[i]);
            for (int e = start; e <= i; e++)
            {
                (int below, int equal, int above) = later.Compare(rank[e]);
                pairs[e] = new PairCounts(below, above, equal);
            }
            for (; i >= start; i--) later.Add(rank[i]);
            end = start - 1;
        }
    }

    // Each row against the events that it outlives.
    private static void CountEarlier(FollowUp data, int[] rank, int distinct, PairCounts[] pairs)
    {
        RankCounter earlier = new(distinct);
        for (int start = 0; start < data.Length;)
        {
            int i = start, firstCensored;
            for (; i < data.Length && data.Time[i] == data.Time[start] && data.IsEvent[i]; i++) Count(i);
            firstCensored = i;
            for (int e = start; e < firstCensored; e++) earlier.Add(rank[e]);
            for (; i < data.Length && data.Time[i] == data.Time[start]; i++) Count(i);
            start = i;
        }

        void Count(int row)
        {
            (int below, int equal, int above) = earlier.Compare(rank[row]);
            PairCounts c = pairs[row];
            pairs[row] = new PairCounts(c.Concordant + above, c.Discordant + below, c.Tied + equal);
        }
    }

    private static (long Time, long Both) CountTiedEvents(FollowUp data, int[] rank, int distinct)
    {
        long all = 0, both = 0;
        int[] seen = new int[distinct];
        for (int start = 0; start < data.Length;)
        {
            int end = start;
            while (end < data.Length && data.Time[end] == data.Time[start] && data.IsEvent[end]) end++;
            long events = end - start;
            all += events * (events - 1) / 2;
            for (int e = start; e < end; e++) both += seen[rank[e]]++;
            for (int e = start; e < end; e++) seen[rank[e]] = 0;
            while (end < data.Length && data.Time[end] == data.Time[start]) end++;
            start = end;
        }
        return (all - both, both);
    }

    private readonly record struct PairCounts(long Concordant, long Discordant, long Tied);

    /// <summary>Counts of inserted ranks below, at and above a rank (binary indexed tree; Fenwick, Softw Pract Exp 1994;24:327).</summary>
    private sealed class RankCounter(int ranks)
    {
        private readonly int[] _tree = new int[ranks + 1];
        private readonly int[] _at = new int[ranks];
        private int _total;

        public void Add(int rank)
        {
            _total++;
            _at[rank]++;
            for (int i = rank + 1; i < _tree.Length; i += i & -i) _tree[i]++;
        }

        public (int Below, int Equal, int Above) Compare(int rank)
        {
            int below = 0;
            for (int i = rank; i > 0; i -= i & -i) below += _tree[i];
            return (below, _at[rank], _total - below - _at[rank]);
        }
    }
}
