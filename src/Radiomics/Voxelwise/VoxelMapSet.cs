using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Maps of one box of voxels.</summary>
public sealed class VoxelMapSet
{
    private readonly double[][] _values;

    internal VoxelMapSet(VoxelBox core, IReadOnlyList<string> names, double[][] values, int regionVoxels) =>
        (Core, Names, _values, RegionVoxels) = (core, names, values, regionVoxels);

    /// <summary>The box, in voxels of the block that the maps were computed from.</summary>
    public VoxelBox Core { get; }

    /// <summary>Names of the maps.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of the box's voxels that belong to the region; the others have the initial value.</summary>
    public int RegionVoxels { get; }

    /// <summary>One map: its value at each voxel of the box, [z,y,x], x fastest; NaN where the feature is not defined for the kernel (GLCM and
    /// GLRLM of a voxel that has no neighbour).</summary>
    /// <param name="map">Place of the map in <see cref="Names"/>.</param>
    public ReadOnlySpan<double> this[int map] => _values[map];

    /// <summary>The map of a feature.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">It is not among <see cref="Names"/>.</exception>
    public ReadOnlySpan<double> Of(string name)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
                return _values[i];
        }
        throw new ArgumentException($"'{name}' is not among the maps {string.Join(", ", Names)}.", nameof(name));
    }
}
