using System.Numerics;

namespace HccPipeline.Imaging.Zarr;

/// <summary>
/// What <c>zarr.json</c> says of a three-dimensional array [z,y,x] in version 3 of the Zarr format: grid of voxels, grid of chunks, coding of a chunk.
/// Its methods tell where chunks lie. Source: Zarr core specification, version 3.
/// </summary>
public sealed record ZarrArray
{
    /// <summary>Grid of the voxels in patient space; its size is the array's shape.</summary>
    public required Geometry Geometry { get; init; }

    /// <summary>Voxel type.</summary>
    public required ZarrDataType DataType { get; init; }

    /// <summary>Extent of every chunk, at the edges too: what lies outside the array is stored as <see cref="FillValue"/>.</summary>
    public required ZarrChunkShape ChunkShape { get; init; }

    /// <summary>Value of the voxels of a chunk that lie outside of the array; to other readers of the format also of chunks that are not stored.</summary>
    public double FillValue { get; init; }

    /// <summary>Level 0 to 9 of the gzip codec; null without it.</summary>
    public int? GzipLevel { get; init; }

    /// <summary>Whether each chunk ends in its CRC-32C, which is checked when it is read.</summary>
    public bool Checksum { get; init; } = true;

    /// <summary>Describes an array for voxels of a .NET type.</summary>
    /// <exception cref="NotSupportedException">The type is none of <see cref="byte"/>, <see cref="float"/> and <see cref="double"/>.</exception>
    public static ZarrArray Of<T>(Geometry geometry, ZarrChunkShape chunkShape, T fillValue) where T : unmanaged, INumberBase<T> => new()
    {
        Geometry = geometry,
        DataType = ZarrDataTypes.Of<T>(),
        ChunkShape = chunkShape,
        FillValue = double.CreateChecked(fillValue),
    };

    /// <summary>Whether the voxels are of a .NET type.</summary>
    public bool Holds<T>() where T : unmanaged => ZarrDataTypes.Of<T>() == DataType;

    /// <summary>Voxels of a chunk that lie in the array.</summary>
    public VoxelBox BoxOf(ZarrChunk chunk)
    {
        int x = chunk.X * ChunkShape.SizeX, y = chunk.Y * ChunkShape.SizeY, z = chunk.Z * ChunkShape.SizeZ;
        return new(
            x, y, z,
            Math.Min(ChunkShape.SizeX, Geometry.SizeX - x), Math.Min(ChunkShape.SizeY, Geometry.SizeY - y), Math.Min(ChunkShape.SizeZ, Geometry.SizeZ - z));
    }

    /// <summary>All chunks, x fastest.</summary>
    public IEnumerable<ZarrChunk> Chunks() => ChunksOf(new(0, 0, 0, Geometry.SizeX, Geometry.SizeY, Geometry.SizeZ));

    /// <summary>Chunks that hold a voxel of a box, x fastest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The box is empty or leaves the array.</exception>
    public IEnumerable<ZarrChunk> ChunksOf(VoxelBox box)
    {
        if (box.IsEmpty || box.X < 0 || box.Y < 0 || box.Z < 0
            || box.SizeX > Geometry.SizeX - box.X || box.SizeY > Geometry.SizeY - box.Y || box.SizeZ > Geometry.SizeZ - box.Z)
        {
            throw new ArgumentOutOfRangeException(nameof(box), box, $"The box is empty or leaves the array of {Geometry.SizeX} × {Geometry.SizeY} × {Geometry.SizeZ} voxels.");
        }
        return Enumerate(box);
    }

    private IEnumerable<ZarrChunk> Enumerate(VoxelBox box)
    {
        for (int z = box.Z / ChunkShape.SizeZ; z <= (box.Z + box.SizeZ - 1) / ChunkShape.SizeZ; z++)
        {
            for (int y = box.Y / ChunkShape.SizeY; y <= (box.Y + box.SizeY - 1) / ChunkShape.SizeY; y++)
            {
                for (int x = box.X / ChunkShape.SizeX; x <= (box.X + box.SizeX - 1) / ChunkShape.SizeX; x++)
                    yield return new(x, y, z);
            }
        }
    }
}
