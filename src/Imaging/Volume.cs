namespace HccPipeline.Imaging;

/// <summary>Voxel values on a <see cref="Imaging.Geometry"/>; storage [z,y,x], x fastest.</summary>
/// <typeparam name="T">Voxel type: <see cref="float"/> for intensities, <see cref="byte"/> (0 or 1) for masks.</typeparam>
public sealed class Volume<T> where T : unmanaged
{
    private readonly T[] _voxels;

    /// <summary>A volume of zeros.</summary>
    public Volume(Geometry geometry) : this(geometry, new T[geometry.VoxelCount])
    {
    }

    /// <summary>A volume over existing values; the array is taken, not copied.</summary>
    /// <exception cref="ArgumentException">The number of values is not the number of voxels of the grid.</exception>
    public Volume(Geometry geometry, T[] voxels)
    {
        if (voxels.Length != geometry.VoxelCount)
            throw new ArgumentException($"The grid has {geometry.VoxelCount} voxels, but {voxels.Length} values were given.", nameof(voxels));
        Geometry = geometry;
        _voxels = voxels;
    }

    /// <summary>Whether the values come from a file that stores whole numbers; null where nobody said.</summary>
    public bool? StoredWhole { get; init; }

    /// <summary>The grid.</summary>
    public Geometry Geometry { get; }

    /// <summary>The same values, not copied, on another grid of the same size.</summary>
    /// <exception cref="ArgumentException">The grid has another number of voxels.</exception>
    public Volume<T> On(Geometry geometry) => new(geometry, _voxels) { StoredWhole = StoredWhole };

    /// <summary>All values, [z,y,x], x fastest.</summary>
    public Span<T> Voxels => _voxels;

    /// <summary>Value of voxel (x, y, z).</summary>
    public ref T this[int x, int y, int z] => ref _voxels[Geometry.IndexOf(x, y, z)];

    /// <summary>Values of slice z, [y,x].</summary>
    public Span<T> Slice(int z) => _voxels.AsSpan(z * Geometry.SizeX * Geometry.SizeY, Geometry.SizeX * Geometry.SizeY);
}
