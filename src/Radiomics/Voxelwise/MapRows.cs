namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Where the values of a row of voxels go; a struct, so that each layout has kernels compiled for it.</summary>
internal interface IMapRow
{
    /// <summary>Takes a value.</summary>
    /// <param name="map">Map.</param>
    /// <param name="x">Voxel in the row.</param>
    /// <param name="voxel">The same, those outside the region not counted.</param>
    /// <param name="value">Value.</param>
    void Put(int map, int x, int voxel, double value);
}

/// <summary>A row of maps over a box.</summary>
internal readonly struct BoxRow(double[][] maps, int at) : IMapRow
{
    public void Put(int map, int x, int voxel, double value) => maps[map][at + x] = value;
}

/// <summary>A row of maps that hold the region's voxels alone, one map after the other.</summary>
internal readonly ref struct RegionRow(Span<double> maps, int voxelsOfMap, int at) : IMapRow
{
    private readonly Span<double> _maps = maps;

    public void Put(int map, int x, int voxel, double value) => _maps[(map * voxelsOfMap) + at + voxel] = value;
}
