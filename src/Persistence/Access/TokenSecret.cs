using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HccPipeline.Persistence.Access;

/// <summary>The secret of a token: <c>hcc_</c> and 256 random bits in base64url.</summary>
/// <remarks>A plain SHA-256 is enough to store it: 256 random bits can't be guessed, so there is nothing for a slow hash to slow down.</remarks>
internal static class TokenSecret
{
    private const string Prefix = "hcc_";
    private const int Bytes = 32;
    private const int EncodedLength = 43;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsWellFormed(string? text) =>
        text is { Length: 4 + EncodedLength } && text.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Prefix.Length));

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
