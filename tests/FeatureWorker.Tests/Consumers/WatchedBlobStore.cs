using System.Collections.Concurrent;
using HccPipeline.Persistence.Blobs;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>A blob store that counts reads and can lose blobs.</summary>
internal sealed class WatchedBlobStore(IBlobStore inner) : IBlobStore
{
    private readonly ConcurrentBag<string> _lost = [];
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public void Lose(string sha256) => _lost.Add(sha256);

    public Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct) => inner.PutAsync(content, ct);

    public Task<byte[]> GetAsync(string sha256, CancellationToken ct)
    {
        Interlocked.Increment(ref _reads);
        return _lost.Contains(sha256) ? throw new IOException("the disk is gone") : inner.GetAsync(sha256, ct);
    }

    public Task<byte[]> GetRangeAsync(string sha256, long offset, int length, CancellationToken ct)
    {
        Interlocked.Increment(ref _reads);
        return _lost.Contains(sha256) ? throw new IOException("the disk is gone") : inner.GetRangeAsync(sha256, offset, length, ct);
    }

    public Task<bool> ExistsAsync(string sha256, CancellationToken ct) => inner.ExistsAsync(sha256, ct);
}
