using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace HccPipeline.Persistence.Blobs;

/// <summary>Blobs as files <c>root/ab/abcdef…</c>. A blob appears whole or not at all: it is written beside its place and renamed.</summary>
internal sealed class FileBlobStore(IOptions<BlobOptions> options) : IBlobStore
{
    private readonly string _root = options.Value.Root;

    public async Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        string path = PathOf(key);
        if (File.Exists(path))
            return key;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            await File.WriteAllBytesAsync(partial, content, ct);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
        return key;
    }

    public Task<byte[]> GetAsync(string sha256, CancellationToken ct) => File.ReadAllBytesAsync(PathOf(sha256), ct);

    public Task<bool> ExistsAsync(string sha256, CancellationToken ct) => Task.FromResult(File.Exists(PathOf(sha256)));

    private string PathOf(string key)
    {
        // Keys come from the database and from messages: nothing but a hash may become a path.
        if (key.Length != 64 || !key.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException($"'{key}' is not a SHA-256 in lower-case hex.", nameof(key));
        return Path.Combine(_root, key[..2], key);
    }
}
