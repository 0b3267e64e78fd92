using System.Text;
using System.Xml;

namespace HccPipeline.Reporting;

/// <summary>Text for markup.</summary>
internal static class Markup
{
    /// <summary>The text with every character that XML forbids (control characters, lone surrogates) replaced by U+FFFD.</summary>
    public static string Clean(string text)
    {
        if (IsClean(text)) return text;
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }
        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        foreach (char c in text)
        {
            if (!XmlConvert.IsXmlChar(c)) return false;
        }
        return true;
    }
}
