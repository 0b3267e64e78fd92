using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>The part of a mask that holds its region, with one empty voxel around: neighbours never need a bounds check.</summary>
internal sealed class PaddedMask
{
    private readonly byte[] _inside;

    /// <exception cref="RegionException">No voxel is inside.</exception>
    internal PaddedMask(Volume<byte> mask)
    {
        Box = Mask.BoundingBox(mask);
        if (Box.IsEmpty)
            throw new RegionException("The region has no voxels.");
        (SizeX, SizeY, SizeZ) = (Box.SizeX + 2, Box.SizeY + 2, Box.SizeZ + 2);
        _inside = new byte[checked(SizeX * SizeY * SizeZ)];
        for (int z = 0; z < Box.SizeZ; z++)
        {
            for (int y = 0; y < Box.SizeY; y++)
            {
                ReadOnlySpan<byte> from = mask.Voxels.Slice(mask.Geometry.IndexOf(Box.X, Box.Y + y, Box.Z + z), Box.SizeX);
                Span<byte> to = _inside.AsSpan(((z + 1) * SizeY + y + 1) * SizeX + 1, Box.SizeX);
                for (int x = 0; x < from.Length; x++)
                    to[x] = from[x] == 0 ? (byte)0 : (byte)1;
            }
        }
    }

    /// <summary>Where the region lies in the mask's grid, without the padding.</summary>
    internal VoxelBox Box { get; }
    internal int SizeX { get; }
    internal int SizeY { get; }
    internal int SizeZ { get; }

    /// <summary>1 inside, 0 outside; [z,y,x], padded.</summary>
    internal ReadOnlySpan<byte> Inside => _inside;
}
