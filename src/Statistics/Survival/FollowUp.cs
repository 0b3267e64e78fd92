using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Survival;

/// <summary>Follow-up times sorted once, events before censorings at the same time, with times that differ only by rounding made equal.</summary>
internal sealed class FollowUp
{
    private const double SameTime = 1.4901161193847656e-08;

    private FollowUp(double[] time, bool[] isEvent, int[] order)
    {
        Time = time;
        IsEvent = isEvent;
        Order = order;
    }

    /// <summary>Ascending times.</summary>
    public double[] Time { get; }

    /// <summary>Whether the sorted row is an event.</summary>
    public bool[] IsEvent { get; }

    /// <summary>Row number (0-based) of each sorted position.</summary>
    public int[] Order { get; }

    public int Length => Time.Length;

    public static FollowUp From(ReadOnlySpan<double> time, ReadOnlySpan<double> status)
    {
        Check(time, status);
        return Sort(time, status);
    }

    public static void Check(ReadOnlySpan<double> time, ReadOnlySpan<double> status)
    {
        Require.SameLength(time.Length, status.Length, nameof(status));
        Require.Finite(time, nameof(time));
        Require.Binary(status, nameof(status));
        for (int i = 0; i < time.Length; i++)
        {
            if (time[i] < 0) throw new ArgumentException($"Column 'time', row {i + 1}: {time[i]} is negative.", nameof(time));
        }
    }

    private static FollowUp Sort(ReadOnlySpan<double> time, ReadOnlySpan<double> status)
    {
        int n = time.Length;
        double[] sorted = time.ToArray();
        int[] order = StableSort.SortWithOrder(sorted);
        if (MergeRounding(sorted)) RestoreRowOrder(sorted, order);
        bool[] isEvent = new bool[n];
        int[] scratch = new int[n];
        for (int start = 0; start < n;)
        {
            int end = start;
            while (end < n && sorted[end] == sorted[start]) end++;
            PutEventsFirst(order.AsSpan(start, end - start), scratch, status, isEvent.AsSpan(start));
            start = end;
        }
        return new FollowUp(sorted, isEvent, order);
    }

    // Within a time: events in row order, then censorings in row order, so that the result does not depend on the sort.
    private static void PutEventsFirst(Span<int> rows, int[] scratch, ReadOnlySpan<double> status, Span<bool> isEvent)
    {
        if (rows.Length == 1)
        {
            isEvent[0] = status[rows[0]] == 1;
            return;
        }
        int events = 0, censored = 0;
        foreach (int row in rows)
        {
            if (status[row] == 1) rows[events++] = row;
            else scratch[censored++] = row;
        }
        scratch.AsSpan(0, censored).CopyTo(rows[events..]);
        isEvent[..events].Fill(true);
    }

    // Two distinct times are one when they differ by at most √ε, absolutely or relative to the mean distinct time.
    private static bool MergeRounding(double[] sorted)
    {
        double sum = 0, previous = double.NaN;
        int distinct = 0;
        foreach (double t in sorted)
        {
            if (t == previous) continue;
            sum += Math.Abs(t);
            distinct++;
            previous = t;
        }
        double mean = sum / distinct;
        double tolerance = Math.Max(SameTime, SameTime * mean);
        double raw = sorted[0], merged = raw;
        bool any = false;
        for (int i = 1; i < sorted.Length; i++)
        {
            double gap = sorted[i] - raw;
            raw = sorted[i];
            if (gap > tolerance) merged = raw;
            any |= merged != raw;
            sorted[i] = merged;
        }
        return any;
    }

    private static void RestoreRowOrder(double[] time, int[] order)
    {
        for (int start = 0; start < time.Length;)
        {
            int end = start + 1;
            while (end < time.Length && time[end] == time[start]) end++;
            order.AsSpan(start, end - start).Sort();
            start = end;
        }
    }
}
