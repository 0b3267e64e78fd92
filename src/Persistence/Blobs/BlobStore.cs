using System.Security.Cryptography;

namespace HccPipeline.Persistence.Blobs;

/// <summary>Blobs as objects <c>ab/abcdef…</c>, named by their hash.</summary>
internal sealed class BlobStore(IObjectStore objects) : IBlobStore
{
    public async Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        await objects.PutIfAbsentAsync(NameOf(key), content, ct);
        return key;
    }

    public async Task<byte[]> GetAsync(string sha256, CancellationToken ct) =>
        await objects.FindAsync(NameOf(sha256), ct) ?? throw Missing(sha256);

    public async Task<byte[]> GetRangeAsync(string sha256, long offset, int length, CancellationToken ct) =>
        await objects.FindRangeAsync(NameOf(sha256), offset, length, ct) ?? throw Missing(sha256);

    public Task<bool> ExistsAsync(string sha256, CancellationToken ct) => objects.ExistsAsync(NameOf(sha256), ct);

    private static FileNotFoundException Missing(string sha256) => new($"The blob store has no blob {sha256}.", sha256);

    /// <summary>Name of the object that holds a blob.</summary>
    internal static string NameOf(string key)
    {
        // Keys come from the database and from messages: nothing but a hash may become a name.
        if (key.Length != 64 || !key.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException($"'{key}' is not a SHA-256 in lower-case hex.", nameof(key));
        return $"{key[..2]}/{key}";
    }
}
