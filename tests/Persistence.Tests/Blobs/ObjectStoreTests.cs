using HccPipeline.Persistence.Blobs;
using Xunit;

namespace HccPipeline.Persistence.Tests.Blobs;

/// <summary>What every object store does.</summary>
public abstract class ObjectStoreTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];

    protected abstract IObjectStore Store { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindAsync_AfterPut_ReturnsTheBytes()
    {
        await Store.PutAsync("a/b/object.bin", Content, Ct);

        Assert.Equal(Content, await Store.FindAsync("a/b/object.bin", Ct));
        Assert.True(await Store.ExistsAsync("a/b/object.bin", Ct));
    }

    [Fact]
    public async Task FindAsync_EmptyObject_ReturnsNoBytes()
    {
        await Store.PutAsync("empty", ReadOnlyMemory<byte>.Empty, Ct);

        Assert.Equal(Array.Empty<byte>(), await Store.FindAsync("empty", Ct));
        Assert.Equal(Array.Empty<byte>(), await Store.FindRangeAsync("empty", 0, 0, Ct));
    }

    [Fact]
    public async Task Absent_EveryQuestion_SaysSo()
    {
        Assert.Null(await Store.FindAsync("no/such", Ct));
        Assert.Null(await Store.FindRangeAsync("no/such", 0, 1, Ct));
        Assert.Null(await Store.FindRangeAsync("no/such", 0, 0, Ct));
        Assert.False(await Store.ExistsAsync("no/such", Ct));
        Assert.Empty(await ListAsync("no"));
        await Store.DeleteAsync("no/such", Ct);
        await Store.DeleteFolderAsync("no", Ct);
    }

    [Fact]
    public async Task PutAsync_NameTaken_Replaces()
    {
        await Store.PutAsync("x", Content, Ct);
        await Store.PutAsync("x", new byte[] { 1, 2 }, Ct);

        Assert.Equal([1, 2], await Store.FindAsync("x", Ct));
    }

    [Fact]
    public async Task PutIfAbsentAsync_NameTaken_KeepsTheFirst()
    {
        Assert.True(await Store.PutIfAbsentAsync("x", Content, Ct));
        Assert.False(await Store.PutIfAbsentAsync("x", new byte[] { 1 }, Ct));

        Assert.Equal(Content, await Store.FindAsync("x", Ct));
    }

    [Fact]
    public async Task PutIfAbsentAsync_ManyAtOnce_LeavesOneWholeObject()
    {
        byte[] large = new byte[1 << 20];
        new Random(1).NextBytes(large);

        bool[] wrote = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.PutIfAbsentAsync("race/object", large, Ct), Ct)));

        Assert.Contains(true, wrote);
        Assert.Equal(large, await Store.FindAsync("race/object", Ct));
        Assert.Equal(["race/object"], await ListAsync("race"));
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(999, 1)]
    [InlineData(123, 456)]
    [InlineData(1000, 0)]
    [InlineData(17, 0)]
    public async Task FindRangeAsync_Inside_ReturnsThatPart(long offset, int length)
    {
        await Store.PutAsync("x", Content, Ct);

        Assert.Equal(Content.AsSpan((int)offset, length).ToArray(), await Store.FindRangeAsync("x", offset, length, Ct));
    }

    [Theory]
    [InlineData(0, 1001)]
    [InlineData(999, 2)]
    [InlineData(1000, 1)]
    [InlineData(5000, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    public async Task FindRangeAsync_BeyondTheObject_IsRefused(long offset, int length)
    {
        await Store.PutAsync("x", Content, Ct);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.FindRangeAsync("x", offset, length, Ct));
    }

    [Fact]
    public async Task ListAndDelete_Folder_TouchNothingBeside()
    {
        foreach (string name in (string[])["f/1", "f/c/0/0/1", "f/c/2", "f2/1", "f-x", "g"])
            await Store.PutAsync(name, Content, Ct);

        Assert.Equal(["f/1", "f/c/0/0/1", "f/c/2"], await ListAsync("f"));
        Assert.Equal(["f/c/0/0/1", "f/c/2"], await ListAsync("f/c"));

        await Store.DeleteAsync("f/1", Ct);
        Assert.Equal(["f/c/0/0/1", "f/c/2"], await ListAsync("f"));

        await Store.DeleteFolderAsync("f", Ct);
        Assert.Empty(await ListAsync("f"));
        Assert.True(await Store.ExistsAsync("f2/1", Ct));
        Assert.True(await Store.ExistsAsync("f-x", Ct));
        Assert.True(await Store.ExistsAsync("g", Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/./b")]
    [InlineData(".hidden")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\0b")]
    [InlineData("x.partial")]
    public async Task AnyMethod_NotAName_IsRefused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(name, Content, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutIfAbsentAsync(name, Content, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FindAsync(name, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FindRangeAsync(name, 0, 1, Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ExistsAsync(name, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.DeleteAsync(name, Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.DeleteFolderAsync(name, Ct));
    }

    [Fact]
    public async Task PutAsync_Cancelled_LeavesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync("late/x", Content, new CancellationToken(canceled: true)));

        Assert.Empty(await ListAsync("late"));
        Assert.False(await Store.ExistsAsync("late/x", Ct));
    }

    protected async Task<string[]> ListAsync(string folder)
    {
        List<string> names = [];
        await foreach (string name in Store.ListAsync(folder, Ct))
            names.Add(name);
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
