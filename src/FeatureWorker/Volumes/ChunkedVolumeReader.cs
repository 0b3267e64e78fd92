using System.Numerics;
using System.Runtime.CompilerServices;
using HccPipeline.Imaging;
using HccPipeline.Imaging.Zarr;
using HccPipeline.Persistence.Blobs;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Volumes;

/// <summary>
/// Reads parts of the volumes that <see cref="ChunkedVolumeWriter"/> stored, through one cache of decoded chunks for the process. Several threads may call at once.
/// </summary>
public sealed class ChunkedVolumeReader(IObjectStore objects, IOptions<FeatureWorkerOptions> options)
{
    private const int MetadataBytes = 1024;   // what a description counts for in the cache
    private readonly LruCache _cache = new(options.Value.ChunkCacheBytes);

    /// <summary>Whether the whole volume is stored.</summary>
    public Task<bool> ExistsAsync(string id, CancellationToken ct) => objects.ExistsAsync(ChunkedVolumeLayout.Metadata(id), ct);

    /// <summary>The grid of a volume.</summary>
    /// <exception cref="FileNotFoundException">There is no such volume, or it is not wholly written.</exception>
    /// <exception cref="ImageFormatException">Its metadata can't be used.</exception>
    public async Task<Geometry> ReadGeometryAsync(string id, CancellationToken ct) => (await ReadArrayAsync(id, ct)).Geometry;

    /// <summary>Reads the voxels of a box and only the chunks that it touches.</summary>
    /// <param name="id">The volume.</param>
    /// <param name="box">The box, in voxels of the volume.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The voxels of the box, on a grid of their own whose voxels lie where they lay in the volume.</returns>
    /// <exception cref="FileNotFoundException">There is no such volume, it is not wholly written, or a chunk of it was lost.</exception>
    /// <exception cref="ArgumentException">The volume holds voxels of another type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The box is empty or leaves the volume.</exception>
    /// <exception cref="ImageFormatException">Metadata or a chunk can't be used.</exception>
    public async Task<Volume<T>> ReadBoxAsync<T>(string id, VoxelBox box, CancellationToken ct) where T : unmanaged, INumberBase<T>
    {
        ZarrArray array = await ReadArrayAsync(id, ct);
        if (!array.Holds<T>())
            throw new ArgumentException($"Volume {id} holds voxels of type {array.DataType}, not {typeof(T).Name}.", nameof(id));
        IEnumerable<ZarrChunk> chunks = array.ChunksOf(box);
        Volume<T> volume = new(GridOf(box, array.Geometry));
        await Parallel.ForEachAsync(
            chunks, new ParallelOptions { MaxDegreeOfParallelism = ChunkedVolumeLayout.Parallelism, CancellationToken = ct },
            async (chunk, stop) => ZarrChunkCopy.Put(array, chunk, await ReadChunkAsync<T>(id, array, chunk, stop), box, volume));
        return volume;
    }

    private static Geometry GridOf(VoxelBox box, Geometry whole) => whole with
    {
        SizeX = box.SizeX,
        SizeY = box.SizeY,
        SizeZ = box.SizeZ,
        Origin = whole.ToPatient(box.X, box.Y, box.Z),
    };

    private Task<ZarrArray> ReadArrayAsync(string id, CancellationToken ct)
    {
        string name = ChunkedVolumeLayout.Metadata(id);
        return _cache.GetAsync(name, MetadataBytes, async () =>
        {
            byte[] utf8 = await objects.FindAsync(name, CancellationToken.None)
                ?? throw new FileNotFoundException($"The object store has no volume {id}, or not all of it yet.", name);
            return (ZarrMetadata.Read(utf8), MetadataBytes);
        }, ct);
    }

    private Task<T[]> ReadChunkAsync<T>(string id, ZarrArray array, ZarrChunk chunk, CancellationToken ct) where T : unmanaged, INumberBase<T>
    {
        string name = ChunkedVolumeLayout.Chunk(id, chunk);
        return _cache.GetAsync(name, (long)array.ChunkShape.VoxelCount * Unsafe.SizeOf<T>(), async () =>
        {
            byte[] stored = await objects.FindAsync(name, CancellationToken.None)
                ?? throw new FileNotFoundException($"Volume {id} has lost its chunk {chunk.Key}. Delete volumes/{id} from the object store: it is stored anew when its study is prepared again.", name);
            T[] voxels = new T[array.ChunkShape.VoxelCount];
            ZarrChunkCodec.Decode<T>(array, stored, voxels);
            return (voxels, Buffer.ByteLength(voxels) + MetadataBytes);
        }, ct);
    }
}
