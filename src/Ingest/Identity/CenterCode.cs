namespace HccPipeline.Ingest.Identity;

/// <summary>The short code of a centre, as <c>C01</c>: a letter or digit, then up to 15 letters, digits, hyphens or underscores.</summary>
/// <remarks>The code is part of what a pseudonym is made from, so two spellings of it would split a patient in two: it is compared and stored
/// in upper case.</remarks>
public static class CenterCode
{
    private const int MaximumLength = 16;

    /// <summary>What a code looks like, for messages.</summary>
    public const string Rule = "a centre code is 1 to 16 letters, digits, hyphens or underscores, the first a letter or digit, as C01";

    /// <summary>Reads a code.</summary>
    /// <param name="text">As typed, with any white space around it.</param>
    /// <param name="code">In upper case, when the result is true.</param>
    public static bool TryParse(string? text, out string code)
    {
        code = (text ?? "").Trim().ToUpperInvariant();
        return code.Length is > 0 and <= MaximumLength
            && char.IsAsciiLetterOrDigit(code[0])
            && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }

    /// <summary>Reads a code.</summary>
    /// <exception cref="ArgumentException">The text is not a centre code.</exception>
    public static string Parse(string text) =>
        TryParse(text, out string code) ? code : throw new ArgumentException($"'{text}' can't be used: {Rule}.", nameof(text));
}
