using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HccPipeline.Dicom;

/// <summary>Makes unique identifiers that need no registered root: a UUID as one decimal number under 2.25 (PS3.5, B.2).</summary>
public static class DicomUid
{
    /// <summary>The same key and text give the same UID; without the key nobody can tell the text. At most 44 characters.</summary>
    /// <remarks>HMAC-SHA-256, its first 128 bits with the version (8, custom) and variant bits of a UUID (RFC 9562).</remarks>
    public static string FromHmac(ReadOnlySpan<byte> key, string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return string.Create(CultureInfo.InvariantCulture, $"2.25.{BinaryPrimitives.ReadUInt128BigEndian(hash)}");
    }

    /// <summary>Whether a text has the form of a UID: digits in groups without leading zeros, at most 64 characters (PS3.5, 9.1).</summary>
    public static bool IsValid(string text)
    {
        if (text.Length is 0 or > 64)
            return false;
        foreach (Range part in text.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> digits = text.AsSpan(part);
            if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0'))
                return false;
        }
        return true;
    }
}
