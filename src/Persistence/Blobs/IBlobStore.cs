namespace HccPipeline.Persistence.Blobs;

/// <summary>Content-addressed store: a blob's key is the lower-case hex SHA-256 of its bytes, so a blob can be written twice but never changed.</summary>
public interface IBlobStore
{
    /// <summary>Stores bytes unless they are there already.</summary>
    /// <returns>The key.</returns>
    Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>Reads a blob.</summary>
    /// <exception cref="FileNotFoundException">No blob has this key.</exception>
    Task<byte[]> GetAsync(string sha256, CancellationToken ct);

    /// <summary>Whether a blob has this key.</summary>
    Task<bool> ExistsAsync(string sha256, CancellationToken ct);
}
