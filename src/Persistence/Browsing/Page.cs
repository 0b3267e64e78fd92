namespace HccPipeline.Persistence.Browsing;

/// <summary>Which part of a long list is wanted.</summary>
/// <param name="Number">Page, from 1; anything below counts as 1.</param>
/// <param name="Size">Rows of a page, 1 to <see cref="LargestSize"/>; anything else is brought into this range.</param>
public readonly record struct PageRequest(int Number, int Size)
{
    /// <summary>Most rows of a page.</summary>
    public const int LargestSize = 200;

    /// <summary>Rows of a page, in range.</summary>
    public int Limit => Math.Clamp(Size, 1, LargestSize);

    /// <summary>Rows before the page.</summary>
    public long Offset => (Math.Max(Number, 1) - 1L) * Limit;
}

/// <summary>Part of a long list.</summary>
/// <param name="Items">Rows of the page.</param>
/// <param name="Total">Rows of the whole list.</param>
/// <param name="Number">Page, from 1.</param>
/// <param name="Size">Rows of a full page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total, int Number, int Size)
{
    /// <summary>Number of pages, at least 1.</summary>
    public int Pages => (int)Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>Cuts lists into pages.</summary>
public static class Paging
{
    /// <summary>A page of rows that are in memory.</summary>
    public static Page<T> Cut<T>(IReadOnlyList<T> all, PageRequest page) =>
        new([.. all.Skip((int)Math.Min(page.Offset, int.MaxValue)).Take(page.Limit)], all.Count, Math.Max(page.Number, 1), page.Limit);
}
