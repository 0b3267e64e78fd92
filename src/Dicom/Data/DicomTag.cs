using System.Globalization;

namespace HccPipeline.Dicom;

/// <summary>Name of a data element: group and element number.</summary>
/// <param name="Group">Group number.</param>
/// <param name="Element">Element number.</param>
public readonly record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    /// <summary>The tag of a number such as 0x0020000E.</summary>
    public DicomTag(uint number) : this((ushort)(number >> 16), (ushort)number)
    {
    }

    /// <summary>Group and element as one number, 0xGGGGEEEE; tags sort by it.</summary>
    public uint Number => ((uint)Group << 16) | Element;

    /// <summary>Whether the group is odd, so that the element belongs to a vendor.</summary>
    public bool IsPrivate => (Group & 1) == 1;

    /// <summary>Parses "(0020,000E)", "0020,000E" or "0020000E".</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static DicomTag Parse(string text) =>
        TryParse(text, out DicomTag tag) ? tag : throw new FormatException($"'{text}' is not a DICOM tag; write it as (0020,000E).");

    /// <summary>Parses "(0020,000E)", "0020,000E" or "0020000E".</summary>
    public static bool TryParse(string text, out DicomTag tag)
    {
        ReadOnlySpan<char> t = text.AsSpan().Trim();
        if (t.Length == 11 && t[0] == '(' && t[^1] == ')')
            t = t[1..^1];
        tag = default;
        ReadOnlySpan<char> element = t.Length switch { 9 when t[4] == ',' => t[5..], 8 => t[4..], _ => default };
        if (element.IsEmpty
            || !ushort.TryParse(t[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort g)
            || !ushort.TryParse(element, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort e))
        {
            return false;
        }
        tag = new DicomTag(g, e);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(DicomTag other) => Number.CompareTo(other.Number);

    /// <summary>Order of tags in a file.</summary>
    public static bool operator <(DicomTag left, DicomTag right) => left.Number < right.Number;

    /// <summary>Order of tags in a file.</summary>
    public static bool operator >(DicomTag left, DicomTag right) => left.Number > right.Number;

    /// <summary>Order of tags in a file.</summary>
    public static bool operator <=(DicomTag left, DicomTag right) => left.Number <= right.Number;

    /// <summary>Order of tags in a file.</summary>
    public static bool operator >=(DicomTag left, DicomTag right) => left.Number >= right.Number;

    /// <summary>"(0020,000E)".</summary>
    public override string ToString() => $"({Group:X4},{Element:X4})";
}
