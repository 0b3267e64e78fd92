namespace HccPipeline.Imaging;

/// <summary>Parts of a volume.</summary>
public static class Cropping
{
    /// <summary>The grid of a box of voxels.</summary>
    /// <exception cref="ArgumentException">The box is empty or leaves the grid.</exception>
    public static Geometry GridOf(Geometry grid, VoxelBox box)
    {
        if (box.IsEmpty || box.X < 0 || box.Y < 0 || box.Z < 0 || box.X + box.SizeX > grid.SizeX || box.Y + box.SizeY > grid.SizeY || box.Z + box.SizeZ > grid.SizeZ)
            throw new ArgumentException($"The box {box} is empty or leaves a grid of {grid.SizeX}×{grid.SizeY}×{grid.SizeZ} voxels.", nameof(box));
        return grid with { SizeX = box.SizeX, SizeY = box.SizeY, SizeZ = box.SizeZ, Origin = grid.ToPatient(box.X, box.Y, box.Z) };
    }

    /// <summary>The voxels of a box, copied.</summary>
    /// <exception cref="ArgumentException">The box is empty or leaves the grid.</exception>
    public static Volume<T> To<T>(Volume<T> volume, VoxelBox box) where T : unmanaged
    {
        Volume<T> part = new(GridOf(volume.Geometry, box));
        for (int z = 0; z < box.SizeZ; z++)
        {
            for (int y = 0; y < box.SizeY; y++)
            {
                volume.Voxels.Slice(volume.Geometry.IndexOf(box.X, box.Y + y, box.Z + z), box.SizeX)
                    .CopyTo(part.Voxels.Slice(part.Geometry.IndexOf(0, y, z), box.SizeX));
            }
        }
        return part;
    }
}
