using System.Buffers;
using System.Numerics;
using HccPipeline.Imaging;
using HccPipeline.Imaging.Zarr;
using HccPipeline.Persistence.Blobs;

namespace HccPipeline.FeatureWorker.Volumes;

/// <summary>Puts volumes into the object store as Zarr arrays, so that any node can read a part of them. Several threads may call at once.</summary>
public sealed class ChunkedVolumeWriter(IObjectStore objects)
{
    /// <summary>
    /// Stores a volume under its id, unless it is there. <c>zarr.json</c> is written last: a reader sees the whole volume or none, and a writer that was killed
    /// in the middle is followed by one that writes it all.
    /// </summary>
    /// <param name="id">Hash of everything that the voxels come from: one id means one volume, whoever writes it.</param>
    /// <param name="volume">The voxels: <see cref="byte"/>, <see cref="float"/> or <see cref="double"/>.</param>
    /// <param name="outside">Value of what chunks hold beyond the volume's edge, 0 for images and regions.</param>
    /// <param name="ct">Cancels.</param>
    public async Task WriteAsync<T>(string id, Volume<T> volume, T outside, CancellationToken ct) where T : unmanaged, INumberBase<T>
    {
        if (await objects.ExistsAsync(ChunkedVolumeLayout.Metadata(id), ct))
            return;
        ZarrArray array = ChunkedVolumeLayout.ArrayFor(volume, outside);
        await Parallel.ForEachAsync(
            array.Chunks(), new ParallelOptions { MaxDegreeOfParallelism = ChunkedVolumeLayout.Parallelism, CancellationToken = ct },
            async (chunk, stop) => await objects.PutAsync(ChunkedVolumeLayout.Chunk(id, chunk), Encode(array, chunk, volume, outside), stop));
        await objects.PutAsync(ChunkedVolumeLayout.Metadata(id), ZarrMetadata.Write(array), ct);
    }

    /// <summary>Deletes a volume; first its metadata, so that nobody sees a volume that lacks chunks.</summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await objects.DeleteAsync(ChunkedVolumeLayout.Metadata(id), ct);
        await objects.DeleteFolderAsync(ChunkedVolumeLayout.Folder(id), ct);
    }

    private static byte[] Encode<T>(ZarrArray array, ZarrChunk chunk, Volume<T> volume, T outside) where T : unmanaged, INumberBase<T>
    {
        T[] rented = ArrayPool<T>.Shared.Rent(array.ChunkShape.VoxelCount);
        Span<T> voxels = rented.AsSpan(0, array.ChunkShape.VoxelCount);
        voxels.Fill(outside);
        ZarrChunkCopy.Take(array, chunk, volume, voxels);
        byte[] stored = ZarrChunkCodec.Encode<T>(array, voxels);
        ArrayPool<T>.Shared.Return(rented);
        return stored;
    }
}
