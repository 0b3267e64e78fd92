using System.Numerics;
using HccPipeline.Imaging;
using HccPipeline.Imaging.Zarr;

namespace HccPipeline.FeatureWorker.Volumes;

/// <summary>How chunked volumes lie in the object store: <c>volumes/ID/zarr.json</c> and <c>volumes/ID/c/z/y/x</c>.</summary>
internal static class ChunkedVolumeLayout
{
    /// <summary>Chunks that are moved at the same time: a store across a network answers late, but answers many.</summary>
    internal const int Parallelism = 8;

    // Largest extent of a chunk. A box of 34 voxels a side (32 and a halo) touches five or six chunks of half a megabyte; smaller ones cost more requests,
    // larger ones more bytes for the same box.
    private const int LargestX = 64;
    private const int LargestY = 64;
    private const int LargestZ = 32;

    internal static string Folder(string id) => id.Contains('/', StringComparison.Ordinal)
        ? throw new ArgumentException($"'{id}' is not the name of a volume.", nameof(id))
        : $"volumes/{id}";

    internal static string Metadata(string id) => $"{Folder(id)}/{ZarrMetadata.Name}";

    internal static string Chunk(string id, ZarrChunk chunk) => $"{Folder(id)}/{chunk.Key}";

    /// <summary>Regions shrink a hundredfold; resampled intensities hardly shrink, at ten times the work, and are stored as they are.</summary>
    internal static ZarrArray ArrayFor<T>(Volume<T> volume, T outside) where T : unmanaged, INumberBase<T>
    {
        Geometry grid = volume.Geometry;
        ZarrChunkShape shape = new(Fit(grid.SizeX, LargestX), Fit(grid.SizeY, LargestY), Fit(grid.SizeZ, LargestZ));
        return ZarrArray.Of(grid, shape, outside) with { GzipLevel = typeof(T) == typeof(byte) ? 1 : null };
    }

    /// <summary>Equal chunks, so that hardly any voxel is stored that lies outside the volume: 72 slices are 3 × 24, not 3 × 32.</summary>
    private static int Fit(int size, int largest)
    {
        int count = (size + largest - 1) / largest;
        return (size + count - 1) / count;
    }
}
