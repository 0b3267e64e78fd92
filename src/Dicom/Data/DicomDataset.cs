using System.Collections;
using System.Globalization;
using System.Text;

namespace HccPipeline.Dicom;

/// <summary>
/// Data elements in the order of their tags, sequences with their items included. Values are little-endian bytes; the typed getters
/// take them apart when asked, the typed setters put them together. One thread at a time while it changes.
/// </summary>
public sealed class DicomDataset : IEnumerable<DicomElement>
{
    private readonly List<DicomElement> _elements = [];
    private DicomDataset? _parent;

    /// <summary>Number of elements at this level.</summary>
    public int Count => _elements.Count;

    /// <summary>The element of a tag, or null.</summary>
    public DicomElement? Find(DicomTag tag)
    {
        int index = IndexOf(tag);
        return index >= 0 ? _elements[index] : null;
    }

    /// <summary>Whether an element is there, be it empty.</summary>
    public bool Contains(DicomTag tag) => IndexOf(tag) >= 0;

    /// <summary>Adds an element, or puts it in the place of the one with the same tag.</summary>
    public void Set(DicomElement element)
    {
        foreach (DicomDataset item in element.Items)
            item._parent = this;
        if (_elements.Count == 0 || _elements[^1].Tag < element.Tag)
        {
            _elements.Add(element);
            return;
        }
        int index = IndexOf(element.Tag);
        if (index >= 0)
            _elements[index] = element;
        else
            _elements.Insert(~index, element);
    }

    /// <summary>Takes an element out; says whether it was there.</summary>
    public bool Remove(DicomTag tag)
    {
        int index = IndexOf(tag);
        if (index < 0)
            return false;
        _elements.RemoveAt(index);
        return true;
    }

    /// <summary>The first value as text, without padding; false when absent or empty.</summary>
    public bool TryGetString(DicomTag tag, out string value)
    {
        string[] values = GetStrings(tag);
        value = values.Length > 0 ? values[0] : "";
        return value.Length > 0;
    }

    /// <summary>The first value as text, without padding.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.MissingAttribute"/>: absent or empty.</exception>
    public string GetString(DicomTag tag) => TryGetString(tag, out string value) ? value : throw Missing(tag);

    /// <summary>The first value as text, or a substitute when absent or empty.</summary>
    public string GetStringOr(DicomTag tag, string substitute) => TryGetString(tag, out string value) ? value : substitute;

    /// <summary>All values as text, without padding; none when absent, empty or not text and not numbers.</summary>
    public string[] GetStrings(DicomTag tag)
    {
        if (Find(tag) is not { } element || element.Value.IsEmpty)
            return [];
        if (!element.Vr.IsText() && element.Vr != DicomVr.UN)
            return DicomNumbers.Read(element) is { } n ? Array.ConvertAll(n, v => v.ToString("R", CultureInfo.InvariantCulture)) : [];
        ReadOnlySpan<byte> bytes = element.Value.Span;
        string text = element.Vr.UsesCharacterSet() ? CharacterSets.Decode(CharacterSet, bytes) : Encoding.Latin1.GetString(bytes);
        if (element.Vr.IsSingleText())
            return [text.TrimEnd(' ', '\0')];
        return Array.ConvertAll(text.TrimEnd('\0').Split('\\'), v => v.Trim(' ', '\0'));
    }

    /// <summary>The first value as a number; false when absent, empty or not a number.</summary>
    public bool TryGetDouble(DicomTag tag, out double value)
    {
        double[]? values = Find(tag) is { } element ? DicomNumbers.Read(element) : null;
        value = values is { Length: > 0 } ? values[0] : double.NaN;
        return values is { Length: > 0 };
    }

    /// <summary>The first value as a number.</summary>
    /// <exception cref="DicomFileException">Absent or empty, or not a number.</exception>
    public double GetDouble(DicomTag tag) => GetDoubles(tag)[0];

    /// <summary>The first value as a number, or a substitute when absent or empty.</summary>
    public double GetDoubleOr(DicomTag tag, double substitute) => Find(tag) is { IsEmpty: false } ? GetDouble(tag) : substitute;

    /// <summary>All values as numbers, at least one.</summary>
    /// <exception cref="DicomFileException">Absent or empty, or not numbers.</exception>
    public double[] GetDoubles(DicomTag tag)
    {
        DicomElement element = Find(tag) ?? throw Missing(tag);
        double[] values = DicomNumbers.Read(element) ?? throw Invalid(tag, "is not a number");
        return values.Length > 0 ? values : throw Missing(tag);
    }

    /// <summary>Exactly so many numbers.</summary>
    /// <exception cref="DicomFileException">Absent, not numbers, or another count.</exception>
    public double[] GetDoubles(DicomTag tag, int count)
    {
        double[] values = GetDoubles(tag);
        return values.Length == count ? values : throw Invalid(tag, $"has {values.Length} values instead of {count}");
    }

    /// <summary>The first value as an integer; false when absent, empty or not an integer.</summary>
    public bool TryGetInt(DicomTag tag, out int value)
    {
        bool found = TryGetDouble(tag, out double number) && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue;
        value = found ? (int)number : 0;
        return found;
    }

    /// <summary>The first value as an integer.</summary>
    /// <exception cref="DicomFileException">Absent or empty, or not an integer.</exception>
    public int GetInt(DicomTag tag)
    {
        double value = GetDouble(tag);
        return TryGetInt(tag, out int integer) ? integer : throw Invalid(tag, $"is {value}, not an integer");
    }

    /// <summary>The first value as an integer, or a substitute when absent or empty.</summary>
    public int GetIntOr(DicomTag tag, int substitute) => Find(tag) is { IsEmpty: false } ? GetInt(tag) : substitute;

    /// <summary>The day of a date or of a date and time; false when absent, empty or not a day.</summary>
    public bool TryGetDate(DicomTag tag, out DateOnly value)
    {
        value = default;
        return TryGetString(tag, out string text) && text.Length >= 8
            && DateOnly.TryParseExact(text.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    /// <summary>The day of a date or of a date and time.</summary>
    /// <exception cref="DicomFileException">Absent or empty, or not a day.</exception>
    public DateOnly GetDate(DicomTag tag) =>
        TryGetDate(tag, out DateOnly date) ? date
        : TryGetString(tag, out _) ? throw Invalid(tag, "is not a date (YYYYMMDD)")
        : throw Missing(tag);

    /// <summary>Items of a sequence; none when absent.</summary>
    public IReadOnlyList<DicomDataset> GetSequence(DicomTag tag) => Find(tag)?.Items ?? [];

    /// <summary>The first item of a sequence, or null.</summary>
    public DicomDataset? FirstItem(DicomTag tag) => GetSequence(tag) is [var first, ..] ? first : null;

    /// <summary>The first item of a sequence.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.MissingAttribute"/>: absent or empty.</exception>
    public DicomDataset GetItem(DicomTag tag) => FirstItem(tag) ?? throw Missing(tag);

    /// <summary>A dataset of its own with the same elements; items are copied too, value bytes are shared.</summary>
    public DicomDataset Copy()
    {
        DicomDataset copy = new();
        foreach (DicomElement e in _elements)
            copy.Set(e.Vr == DicomVr.SQ ? new DicomElement(e.Tag, [.. e.Items.Select(i => i.Copy())]) : e);
        return copy;
    }

    /// <inheritdoc/>
    public IEnumerator<DicomElement> GetEnumerator() => _elements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Terms of the character set in force: this level's, else that of the dataset around it.</summary>
    internal IReadOnlyList<string> CharacterSet
    {
        get
        {
            if (Find(DicomTags.SpecificCharacterSet) is { } element)
                return Array.ConvertAll(Encoding.ASCII.GetString(element.Value.Span).Split('\\'), v => v.Trim(' ', '\0'));
            return _parent?.CharacterSet ?? [];
        }
    }

    private int IndexOf(DicomTag tag)
    {
        int low = 0;
        int high = _elements.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = _elements[middle].Tag.CompareTo(tag);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private static DicomFileException Missing(DicomTag tag) =>
        new(DicomFault.MissingAttribute, $"{DicomTags.Describe(tag)} is missing or empty; export the series again with its full header.");

    private static DicomFileException Invalid(DicomTag tag, string problem) =>
        new(DicomFault.InvalidValue, $"{DicomTags.Describe(tag)} {problem}; correct it at the source and export again.");
}
