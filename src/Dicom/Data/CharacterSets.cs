using System.Collections.Frozen;
using System.Text;

namespace HccPipeline.Dicom;

/// <summary>Text of the defined terms of Specific Character Set (0008,0005) (PS3.3, C.12.1.1.2; PS3.5, 6.1).</summary>
internal static class CharacterSets
{
    /// <summary>The term for UTF-8.</summary>
    public const string Utf8Term = "ISO_IR 192";

    // Latin-1 instead of strict ASCII by default: many scanners write umlauts without saying which set they use.
    private static readonly FrozenDictionary<string, Encoding> ByTerm = CreateTerms();

    /// <summary>Designation after the escape character (PS3.5, table 6.2-1 and PS3.3, tables C.12-3 and C.12-4).</summary>
    private static readonly (string Escape, string Term)[] Escapes =
    [
        ("(B", "ISO_IR 6"), ("-A", "ISO_IR 100"), ("-B", "ISO_IR 101"), ("-C", "ISO_IR 109"), ("-D", "ISO_IR 110"), ("-L", "ISO_IR 144"),
        ("-G", "ISO_IR 127"), ("-F", "ISO_IR 126"), ("-H", "ISO_IR 138"), ("-M", "ISO_IR 148"), ("-T", "ISO_IR 166"), ("(J", "ISO_IR 13"),
        (")I", "ISO_IR 13"), ("$)C", "ISO 2022 IR 149"), ("$)A", "ISO 2022 IR 58"),
    ];

    /// <summary>Text of a value.</summary>
    /// <param name="terms">Values of Specific Character Set; empty for the default repertoire.</param>
    /// <param name="bytes">The value as stored.</param>
    public static string Decode(IReadOnlyList<string> terms, ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Ascii.IsValid(bytes) && bytes.IndexOf((byte)0x1B) < 0)
            return Encoding.ASCII.GetString(bytes);
        Encoding first = Find(terms.Count > 0 ? terms[0] : "");
        return bytes.IndexOf((byte)0x1B) < 0 ? first.GetString(bytes) : DecodeWithEscapes(first, bytes);
    }

    /// <summary>Bytes of a text.</summary>
    /// <exception cref="ArgumentException">The set has no bytes for some character.</exception>
    public static byte[] Encode(IReadOnlyList<string> terms, string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return Encoding.ASCII.GetBytes(text);
        string term = terms.Count > 0 ? terms[0] : "";
        Encoding encoding = Find(term);
        byte[] bytes = encoding.GetBytes(text);
        bool declared = term.Length > 0 && ByTerm.ContainsKey(term);
        return declared && string.Equals(encoding.GetString(bytes), text, StringComparison.Ordinal)
            ? bytes
            : throw new ArgumentException($"A text has characters that the character set '{term}' lacks; set SpecificCharacterSet to {Utf8Term} first.", nameof(text));
    }

    private static Encoding Find(string term) => ByTerm.GetValueOrDefault(term.Trim(), Encoding.Latin1);

    private static string DecodeWithEscapes(Encoding first, ReadOnlySpan<byte> bytes)
    {
        // Japanese two-byte sets are what ISO-2022-JP decodes, its escape sequences included.
        if (bytes.IndexOf("\u001b$B"u8) >= 0 || bytes.IndexOf("\u001b$(D"u8) >= 0)
            return CodePagesEncodingProvider.Instance.GetEncoding(50220)!.GetString(bytes);
        StringBuilder text = new();
        Encoding current = first;
        while (!bytes.IsEmpty)
        {
            int escape = bytes.IndexOf((byte)0x1B);
            text.Append(current.GetString(escape < 0 ? bytes : bytes[..escape]));
            if (escape < 0)
                break;
            bytes = bytes[(escape + 1)..];
            foreach ((string designation, string term) in Escapes)
            {
                if (!bytes.StartsWith(Encoding.ASCII.GetBytes(designation)))
                    continue;
                current = Find(term);
                bytes = bytes[designation.Length..];
                break;
            }
        }
        return text.ToString();
    }

    private static FrozenDictionary<string, Encoding> CreateTerms()
    {
        Dictionary<string, Encoding> terms = new(StringComparer.Ordinal) { [""] = Encoding.Latin1 };
        foreach ((string number, int codePage) in new[]
        {
            ("6", 28591), ("100", 28591), ("101", 28592), ("109", 28593), ("110", 28594), ("144", 28595), ("127", 28596), ("126", 28597),
            ("138", 28598), ("148", 28599), ("166", 874), ("13", 932), ("149", 949), ("58", 936), ("87", 50220), ("159", 50220),
        })
        {
            Encoding encoding = codePage == 28591 ? Encoding.Latin1 : CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
            terms[$"ISO_IR {number}"] = encoding;
            terms[$"ISO 2022 IR {number}"] = encoding;
        }
        terms[Utf8Term] = Encoding.UTF8;
        terms["GB18030"] = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        terms["GBK"] = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        return terms.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
