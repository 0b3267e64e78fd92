namespace HccPipeline.Imaging.Zarr;

/// <summary>Index of a chunk in the grid of chunks.</summary>
/// <param name="X">Along x.</param>
/// <param name="Y">Along y.</param>
/// <param name="Z">Along z.</param>
public readonly record struct ZarrChunk(int X, int Y, int Z)
{
    /// <summary>Name of the chunk beside <c>zarr.json</c>, in the format's default encoding.</summary>
    public string Key => $"c/{Z}/{Y}/{X}";
}

/// <summary>Extent of a chunk, voxels.</summary>
/// <param name="SizeX">Along x.</param>
/// <param name="SizeY">Along y.</param>
/// <param name="SizeZ">Along z.</param>
public readonly record struct ZarrChunkShape(int SizeX, int SizeY, int SizeZ)
{
    /// <summary>Number of voxels that a chunk stores, at the edges of the array too.</summary>
    public int VoxelCount => checked(SizeX * SizeY * SizeZ);
}
