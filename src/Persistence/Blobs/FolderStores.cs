using Microsoft.Extensions.Options;

namespace HccPipeline.Persistence.Blobs;

/// <summary>Objects and blobs in a folder of the caller's, for work that belongs to no registry.</summary>
/// <param name="root">The folder; absolute.</param>
public sealed class FolderStores(string root)
{
    private readonly FileObjectStore _objects = new(Options.Create(new BlobOptions { Root = root }));

    /// <summary>Named objects.</summary>
    public IObjectStore Objects => _objects;

    /// <summary>Objects named by their hash.</summary>
    public IBlobStore Blobs => new BlobStore(_objects);
}
