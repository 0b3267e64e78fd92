namespace HccPipeline.Imaging;

/// <summary>An axis-aligned box of voxels: first corner and size, in voxel indices.</summary>
/// <param name="X">First x.</param>
/// <param name="Y">First y.</param>
/// <param name="Z">First z.</param>
/// <param name="SizeX">Extent along x, voxels.</param>
/// <param name="SizeY">Extent along y, voxels.</param>
/// <param name="SizeZ">Extent along z, voxels.</param>
public readonly record struct VoxelBox(int X, int Y, int Z, int SizeX, int SizeY, int SizeZ)
{
    /// <summary>Number of voxels in the box; 0 when it is empty.</summary>
    public long VoxelCount => (long)SizeX * SizeY * SizeZ;

    /// <summary>Whether the box holds no voxel.</summary>
    public bool IsEmpty => SizeX <= 0 || SizeY <= 0 || SizeZ <= 0;

    /// <summary>The box grown by a margin on every side and cut at the edges of a grid.</summary>
    /// <param name="margin">Voxels added on each side.</param>
    /// <param name="grid">Grid that the box must not leave.</param>
    public VoxelBox Grow(int margin, Geometry grid)
    {
        int x0 = Math.Max(0, X - margin), y0 = Math.Max(0, Y - margin), z0 = Math.Max(0, Z - margin);
        int x1 = Math.Min(grid.SizeX, X + SizeX + margin), y1 = Math.Min(grid.SizeY, Y + SizeY + margin);
        int z1 = Math.Min(grid.SizeZ, Z + SizeZ + margin);
        return new(x0, y0, z0, x1 - x0, y1 - y0, z1 - z0);
    }
}
