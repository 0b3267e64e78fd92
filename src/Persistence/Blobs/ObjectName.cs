using System.Buffers;

namespace HccPipeline.Persistence.Blobs;

/// <summary>Names of stored objects: parts of ASCII letters, digits, '.', '_' and '-', joined by '/'.</summary>
public static class ObjectName
{
    /// <summary>Ending of files that are being written beside their place.</summary>
    internal const string PartialSuffix = ".partial";

    private const int LongestName = 512;
    private const int LongestPart = 128;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Lets a name through or throws. Names come from the database and from messages: what passes here can't leave the store's root.</summary>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">It is empty or too long, or a part is empty, starts with a dot, ends as unfinished files do, or holds another character.</exception>
    public static string Check(string name)
    {
        if (!IsOne(name))
            throw new ArgumentException($"'{(name.Length > LongestName ? name[..LongestName] : name)}' is not the name of an object.", nameof(name));
        return name;
    }

    /// <summary>Whether a text is a name.</summary>
    internal static bool IsOne(string name)
    {
        if (name.Length > LongestName)
            return false;
        foreach (Range range in name.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> part = name.AsSpan(range);
            if (part.IsEmpty || part.Length > LongestPart || part[0] == '.' || part.EndsWith(PartialSuffix, StringComparison.Ordinal) || part.ContainsAnyExcept(Allowed))
                return false;
        }
        return true;
    }

    /// <summary>Checks a range within an object.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Offset or length is negative.</exception>
    internal static void CheckRange(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
    }

    /// <summary>The object ends before the range does.</summary>
    internal static ArgumentOutOfRangeException BeyondEnd(string name, long offset, int length) =>
        new(nameof(length), $"Object {name} has no {length} bytes at {offset}.");
}
