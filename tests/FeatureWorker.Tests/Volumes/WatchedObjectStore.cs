using System.Collections.Concurrent;
using HccPipeline.Persistence.Blobs;

namespace HccPipeline.FeatureWorker.Tests.Volumes;

/// <summary>Objects in memory; says what was asked of it, can fail, can hold answers back.</summary>
internal sealed class WatchedObjectStore : IObjectStore
{
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Writes { get; } = [];

    public ConcurrentQueue<string> Reads { get; } = [];

    /// <summary>Awaited before each answer to a read.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Whether a call that names this object fails.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    public string Place => "memory";

    public Task CheckAsync(CancellationToken ct) => Task.CompletedTask;

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        ThrowIfFailing(name);
        Objects[name] = content.ToArray();
        Writes.Enqueue(name);
        return Task.CompletedTask;
    }

    public async Task<bool> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (Objects.ContainsKey(name))
            return false;
        await PutAsync(name, content, ct);
        return true;
    }

    public async Task<byte[]?> FindAsync(string name, CancellationToken ct)
    {
        Reads.Enqueue(name);
        await Gate.WaitAsync(ct);
        ThrowIfFailing(name);
        return Objects.GetValueOrDefault(name);
    }

    public async Task<byte[]?> FindRangeAsync(string name, long offset, int length, CancellationToken ct) =>
        (await FindAsync(name, ct))?.AsSpan((int)offset, length).ToArray();

    public Task<bool> ExistsAsync(string name, CancellationToken ct) => Task.FromResult(Objects.ContainsKey(name));

    public IAsyncEnumerable<string> ListAsync(string folder, CancellationToken ct) =>
        Objects.Keys.Where(k => k.StartsWith(folder + "/", StringComparison.Ordinal)).ToAsyncEnumerable();

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        Objects.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public async Task DeleteFolderAsync(string folder, CancellationToken ct)
    {
        await foreach (string name in ListAsync(folder, ct))
            Objects.TryRemove(name, out _);
    }

    private void ThrowIfFailing(string name)
    {
        if (Fails(name))
            throw new IOException($"the disk is gone at {name}");
    }
}
