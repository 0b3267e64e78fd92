using System.Globalization;
using System.Text.RegularExpressions;

namespace HccPipeline.Ingest.Classification;

/// <summary>The words of a series description, as radiographers write them: any case, any separators, words run together.</summary>
internal sealed partial class DescriptionWords
{
    private readonly string _text;
    private readonly string[] _words;

    public DescriptionWords(string description)
    {
        _text = description.ToLowerInvariant().Replace("t2*", "t2star", StringComparison.Ordinal);
        _words = _text.Split([' ', '_', '-', '.', ',', ':', ';', '/', '\\', '(', ')', '[', ']', '+', '=', '*', '#'], StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether one of these is a whole word.</summary>
    public bool Has(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (_words.Contains(word))
                return true;
        }
        return false;
    }

    /// <summary>Whether a word begins with one of these.</summary>
    public bool HasStart(params ReadOnlySpan<string> starts)
    {
        foreach (string start in starts)
        {
            foreach (string word in _words)
            {
                if (word.StartsWith(start, StringComparison.Ordinal))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Whether one of these stands anywhere, within words too.</summary>
    public bool Contains(params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (_text.Contains(part, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>Whether a number of minutes is written, as "20min".</summary>
    public bool HasMinutes() => Minutes().IsMatch(_text);

    /// <summary>The b-value when exactly one is written, as "b800", "b=800" or "b 800".</summary>
    public double? SingleBValue()
    {
        MatchCollection matches = WrittenBValue().Matches(_text);
        return matches.Count == 1 ? double.Parse(matches[0].Groups["b"].Value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"(?<![a-z0-9])b[ =_-]?(?<b>[0-9]{1,4})(?![0-9a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex WrittenBValue();

    [GeneratedRegex(@"[0-9] ?min", RegexOptions.CultureInvariant)]
    private static partial Regex Minutes();
}
