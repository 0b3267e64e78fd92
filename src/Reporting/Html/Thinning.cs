namespace HccPipeline.Reporting.Html;

/// <summary>Shortens a long series for a table; the JSON file has all of it.</summary>
internal static class Thinning
{
    /// <summary>At most <paramref name="most"/> items, evenly spaced, the first and the last among them.</summary>
    public static IEnumerable<T> Evenly<T>(IReadOnlyList<T> items, int most)
    {
        if (items.Count <= most) return items;
        return Enumerable.Range(0, most).Select(i => items[(int)((long)i * (items.Count - 1) / (most - 1))]);
    }
}
