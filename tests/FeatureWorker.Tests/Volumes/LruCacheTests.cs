using HccPipeline.FeatureWorker.Volumes;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Volumes;

public sealed class LruCacheTests
{
    private readonly List<string> _loaded = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_Full_DropsWhatWasNotUsedForLongest()
    {
        LruCache cache = new(30);
        foreach (string key in (string[])["a", "b", "c", "a", "d", "a", "c", "d", "b"])
            Assert.Equal(key, await cache.GetAsync(key, 10, () => LoadAsync(key), Ct));

        Assert.Equal(["a", "b", "c", "d", "b"], _loaded);
        Assert.Equal(30, cache.Bytes);
    }

    [Fact]
    public async Task GetAsync_ValueOfAnotherSizeThanExpected_CountsWithItsOwn()
    {
        LruCache cache = new(30);
        await cache.GetAsync("a", 10, () => LoadAsync("a", bytes: 1), Ct);
        Assert.Equal(1, cache.Bytes);

        await cache.GetAsync("b", 10, () => LoadAsync("b", bytes: 31), Ct);
        Assert.Equal(0, cache.Bytes);   // b alone is too much, and a was used before it
    }

    [Fact]
    public async Task GetAsync_LoadFails_TheNextTriesAgain()
    {
        LruCache cache = new(30);

        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync<string>("a", 10, () => throw new IOException("once"), Ct));
        Assert.Equal(0, cache.Bytes);
        Assert.Equal("a", await cache.GetAsync("a", 10, () => LoadAsync("a"), Ct));
    }

    [Fact]
    public async Task GetAsync_FirstToAskGivesUp_OthersStillGetTheValue()
    {
        LruCache cache = new(30);
        TaskCompletionSource<(string, long)> load = new();
        using CancellationTokenSource impatient = new();
        Task<string> first = cache.GetAsync("a", 10, () => load.Task, impatient.Token);
        Task<string> second = cache.GetAsync("a", 10, () => LoadAsync("again"), Ct);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        load.SetResult(("a", 10));

        Assert.Equal("a", await second);
        Assert.Empty(_loaded);
    }

    [Fact]
    public async Task GetAsync_DroppedWhileItIsLoaded_IsStillGiven()
    {
        LruCache cache = new(15);
        TaskCompletionSource<(string, long)> load = new();
        Task<string> slow = cache.GetAsync("a", 10, () => load.Task, Ct);
        await cache.GetAsync("b", 10, () => LoadAsync("b"), Ct);

        load.SetResult(("a", 10));

        Assert.Equal("a", await slow);
        Assert.Equal(10, cache.Bytes);
    }

    [Fact]
    public async Task GetAsync_ManyThreads_NeverKeepMoreThanAllowed()
    {
        LruCache cache = new(50);
        await Parallel.ForAsync(0, 2000, Ct, async (i, ct) =>
        {
            string key = $"k{i * 7919 % 23}";
            Assert.Equal(key, await cache.GetAsync(key, 10, async () =>
            {
                await Task.Yield();
                return (key, 10);
            }, ct));
            Assert.InRange(cache.Bytes, 0, 50);
        });
    }

    private Task<(string, long)> LoadAsync(string key, long bytes = 10)
    {
        _loaded.Add(key);
        return Task.FromResult((key, bytes));
    }
}
