namespace HccPipeline.Ingest.Identity;

/// <summary>The secret behind all pseudonyms, as text in the configuration.</summary>
public static class PseudonymKey
{
    /// <summary>Fewest bytes of a key: as many as HMAC-SHA-256 gives out.</summary>
    public const int MinimumBytes = 32;

    /// <summary>Reads a key written in hexadecimal or base64.</summary>
    /// <exception cref="FormatException">The text is neither, or the key is shorter than 32 bytes. The message does not hold the key.</exception>
    public static byte[] Parse(string text)
    {
        if (!TryParse(text, out byte[] key))
            throw new FormatException($"The pseudonym key must be at least {MinimumBytes} random bytes in hexadecimal or base64, as 'openssl rand -hex 32' prints.");
        return key;
    }

    /// <summary>Reads a key written in hexadecimal or base64.</summary>
    public static bool TryParse(string? text, out byte[] key)
    {
        string t = (text ?? "").Trim();
        key = [];
        if (t.Length % 2 == 0 && t.All(char.IsAsciiHexDigit))
        {
            key = Convert.FromHexString(t);
        }
        else
        {
            byte[] buffer = new byte[t.Length];
            if (Convert.TryFromBase64String(t, buffer, out int written))
                key = buffer[..written];
        }
        return key.Length >= MinimumBytes;
    }
}
