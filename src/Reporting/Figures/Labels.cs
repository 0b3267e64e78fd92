namespace HccPipeline.Reporting.Figures;

/// <summary>Places labels so that none covers another.</summary>
internal static class Labels
{
    /// <summary>Moves positions apart to at least <paramref name="gap"/>, keeping their order and staying within [from, to] when they fit.</summary>
    /// <param name="wanted">Wanted positions, any order.</param>
    /// <param name="gap">Smallest distance.</param>
    /// <param name="from">Lower bound.</param>
    /// <param name="to">Upper bound.</param>
    /// <returns>Positions in the order of <paramref name="wanted"/>.</returns>
    public static double[] Spread(IReadOnlyList<double> wanted, double gap, double from, double to)
    {
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ThenBy(i => i)];
        double[] placed = new double[wanted.Count];
        double next = from;
        foreach (int i in order)
        {
            placed[i] = Math.Max(wanted[i], next);
            next = placed[i] + gap;
        }
        double limit = to;
        foreach (int i in order.Reverse())
        {
            placed[i] = Math.Min(placed[i], limit);
            limit = placed[i] - gap;
        }
        return placed;
    }

    /// <summary>Which labels along a line can be written without touching: greedy from the first, the last one always kept.</summary>
    /// <param name="positions">Ascending or descending positions.</param>
    /// <param name="gap">Smallest distance.</param>
    public static bool[] Thin(IReadOnlyList<double> positions, double gap)
    {
        bool[] shown = new bool[positions.Count];
        double last = double.NaN;
        for (int i = 0; i < positions.Count; i++)
        {
            shown[i] = double.IsNaN(last) || Math.Abs(positions[i] - last) >= gap;
            if (shown[i]) last = positions[i];
        }
        if (shown.Length > 1 && !shown[^1])
        {
            int previous = Array.LastIndexOf(shown, true);
            if (previous > 0) shown[previous] = false;
            shown[^1] = Math.Abs(positions[^1] - positions[0]) >= gap;
        }
        return shown;
    }
}
