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

    /// <summary>Reads a part of a blob and nothing else of it.</summary>
    /// <param name="sha256">Key of the blob.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Number of bytes; all of them are returned.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="FileNotFoundException">No blob has this key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Offset or length is negative, or the blob ends before the range does.</exception>
    Task<byte[]> GetRangeAsync(string sha256, long offset, int length, CancellationToken ct);

    /// <summary>Whether a blob has this key.</summary>
    Task<bool> ExistsAsync(string sha256, CancellationToken ct);
}
