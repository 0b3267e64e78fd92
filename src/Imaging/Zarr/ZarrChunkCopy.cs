namespace HccPipeline.Imaging.Zarr;

/// <summary>Voxels between volumes and the chunks that they are cut into.</summary>
public static class ZarrChunkCopy
{
    /// <summary>Takes the voxels of a chunk out of the whole volume; what lies outside it is left as it is.</summary>
    /// <param name="array">The array.</param>
    /// <param name="chunk">Which chunk.</param>
    /// <param name="volume">All voxels of the array.</param>
    /// <param name="voxels">All voxels of the chunk.</param>
    public static void Take<T>(ZarrArray array, ZarrChunk chunk, Volume<T> volume, Span<T> voxels) where T : unmanaged
    {
        VoxelBox box = array.BoxOf(chunk);
        ReadOnlySpan<T> all = volume.Voxels;
        for (int z = 0; z < box.SizeZ; z++)
        {
            for (int y = 0; y < box.SizeY; y++)
            {
                int to = (z * array.ChunkShape.SizeY + y) * array.ChunkShape.SizeX;
                all.Slice(volume.Geometry.IndexOf(box.X, box.Y + y, box.Z + z), box.SizeX).CopyTo(voxels[to..]);
            }
        }
    }

    /// <summary>Puts those voxels of a chunk that lie in a box into the volume of the box.</summary>
    /// <param name="array">The array.</param>
    /// <param name="chunk">Which chunk.</param>
    /// <param name="voxels">All voxels of the chunk.</param>
    /// <param name="box">The box, in voxels of the array.</param>
    /// <param name="volume">Voxels of the box.</param>
    public static void Put<T>(ZarrArray array, ZarrChunk chunk, ReadOnlySpan<T> voxels, VoxelBox box, Volume<T> volume) where T : unmanaged
    {
        VoxelBox own = array.BoxOf(chunk);
        int x0 = Math.Max(own.X, box.X), length = Math.Min(own.X + own.SizeX, box.X + box.SizeX) - x0;
        Span<T> all = volume.Voxels;
        for (int z = Math.Max(own.Z, box.Z); z < Math.Min(own.Z + own.SizeZ, box.Z + box.SizeZ); z++)
        {
            for (int y = Math.Max(own.Y, box.Y); y < Math.Min(own.Y + own.SizeY, box.Y + box.SizeY); y++)
            {
                int from = ((z - own.Z) * array.ChunkShape.SizeY + (y - own.Y)) * array.ChunkShape.SizeX + (x0 - own.X);
                voxels.Slice(from, length).CopyTo(all[volume.Geometry.IndexOf(x0 - box.X, y - box.Y, z - box.Z)..]);
            }
        }
    }
}
