using HccPipeline.Persistence.Blobs;

namespace HccPipeline.FeatureWorker.Tests.Maps;

/// <summary>A store that takes blobs when it is told to.</summary>
internal sealed class SlowStore(IBlobStore inner, Task answers) : IBlobStore
{
    public async Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        await answers.WaitAsync(ct);
        return await inner.PutAsync(content, ct);
    }

    public Task<byte[]> GetAsync(string sha256, CancellationToken ct) => inner.GetAsync(sha256, ct);

    public Task<byte[]> GetRangeAsync(string sha256, long offset, int length, CancellationToken ct) => inner.GetRangeAsync(sha256, offset, length, ct);

    public Task<bool> ExistsAsync(string sha256, CancellationToken ct) => inner.ExistsAsync(sha256, ct);
}
