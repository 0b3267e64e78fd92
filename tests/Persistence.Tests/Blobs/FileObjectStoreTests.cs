using HccPipeline.Persistence.Blobs;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Persistence.Tests.Blobs;

public sealed class FileObjectStoreTests : ObjectStoreTests, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("hcc-objects-").FullName;

    protected override IObjectStore Store => field ??= new FileObjectStore(Options.Create(new BlobOptions { Root = _root }));

    [Fact]
    public async Task PutAsync_Done_LeavesTheObjectAndNothingBesideIt()
    {
        await Store.PutAsync("a/b", new byte[] { 1 }, Ct);
        await Store.PutAsync("a/b", new byte[] { 2 }, Ct);

        Assert.Equal([Path.Combine(_root, "a", "b")], Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task ListAsync_WriterWasKilled_DoesNotShowItsPart()
    {
        await Store.PutAsync("a/b", new byte[] { 1 }, Ct);
        await File.WriteAllTextAsync(Path.Combine(_root, "a", "c.0123.partial"), "half", Ct);

        Assert.Equal(["a/b"], await ListAsync("a"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
