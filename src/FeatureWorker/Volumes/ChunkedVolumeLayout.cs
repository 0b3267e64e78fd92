using System.Numerics;
using HccPipeline.Imaging;
using HccPipeline.Imaging.Zarr;

namespace HccPipeline.FeatureWorker.Volumes;

/// <summary>How chunked volumes lie in the object store: <c>volumes/ID/zarr.json</c> and <c>volumes/ID/c/z/y/x</c>.</summary>
internal static class ChunkedVolumeLayout
{
    /// <summary>Chunks that are moved at the same time: a store across a network answers late, but answers many.</summary>
    internal const int Parallelism = 8;

    /// <summary>Extent of a chunk. A brick of some 30 voxels a side with its halo touches about eight of them; docs/measurements.md has the figures.</summary>
    private static readonly ZarrChunkShape ChunkShape = new(64, 64, 32);

    internal static string Folder(string id) => id.Contains('/', StringComparison.Ordinal)
        ? throw new ArgumentException($"'{id}' is not the name of a volume.", nameof(id))
        : $"volumes/{id}";

    internal static string Metadata(string id) => $"{Folder(id)}/{ZarrMetadata.Name}";

    internal static string Chunk(string id, ZarrChunk chunk) => $"{Folder(id)}/{chunk.Key}";

    /// <summary>Regions shrink a hundredfold; resampled intensities hardly shrink and are stored as they are.</summary>
    internal static ZarrArray ArrayFor<T>(Volume<T> volume, T outside) where T : unmanaged, INumberBase<T> =>
        ZarrArray.Of(volume.Geometry, ChunkShape, outside) with { GzipLevel = typeof(T) == typeof(byte) ? 1 : null };
}
