using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>The rank of each voxel of a region in scan order (z, y, x): where the values of boxes belong in the values of the whole.</summary>
internal sealed class RegionRanks
{
    private readonly Volume<byte> _region;
    private readonly int[] _before;   // voxels of the region before each row

    public RegionRanks(Volume<byte> region)
    {
        _region = region;
        int rows = region.Geometry.SizeY * region.Geometry.SizeZ, width = region.Geometry.SizeX;
        _before = new int[rows + 1];
        for (int row = 0; row < rows; row++)
            _before[row + 1] = _before[row] + CountIn(row, 0, width);
    }

    /// <summary>Voxels of the region.</summary>
    public int Count => _before[^1];

    /// <summary>Copies a box's values, in scan order of the box, to their ranks.</summary>
    /// <param name="box">The box.</param>
    /// <param name="values">One value for each voxel of the region in it.</param>
    /// <param name="whole">One value for each voxel of the region.</param>
    /// <exception cref="InvalidDataException">The box holds another number of the region's voxels.</exception>
    public void Put(VoxelBox box, ReadOnlySpan<double> values, Span<double> whole)
    {
        for (int z = box.Z; z < box.Z + box.SizeZ; z++)
        {
            for (int y = box.Y; y < box.Y + box.SizeY; y++)
            {
                int row = z * _region.Geometry.SizeY + y;
                int first = _before[row] + CountIn(row, 0, box.X), count = CountIn(row, box.X, box.SizeX);
                if (count > values.Length)
                    throw Mismatch(box);
                values[..count].CopyTo(whole[first..]);
                values = values[count..];
            }
        }
        if (!values.IsEmpty)
            throw Mismatch(box);
    }

    private static InvalidDataException Mismatch(VoxelBox box) => new($"The maps of the box at ({box.X}, {box.Y}, {box.Z}) do not hold one value for each of its voxels of the region.");

    private int CountIn(int row, int x, int size)
    {
        ReadOnlySpan<byte> voxels = _region.Voxels.Slice(row * _region.Geometry.SizeX + x, size);
        return size - voxels.Count((byte)0);
    }
}
