using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>Masks from their own grid to that of an image in the same space.</summary>
internal static class MaskResampler
{
    /// <summary>Voxels of which half or more is inside by trilinear interpolation; nothing is inside beyond the mask's own grid.</summary>
    /// <exception cref="ImageFormatException">No voxel of the image is inside.</exception>
    public static Volume<byte> ToGrid(Volume<byte> mask, Geometry grid)
    {
        Volume<byte> result = Resampler.ResampleMask(WithMargin(mask), grid, Interpolation.Linear);
        return Mask.Count(result) > 0 ? result : throw new ImageFormatException("The mask lies outside the image, or between its voxels: no voxel of the image is inside.");
    }

    /// <summary>The mask with an empty voxel on every side: a resampler continues a grid by its last voxel.</summary>
    private static Volume<byte> WithMargin(Volume<byte> mask)
    {
        Geometry g = mask.Geometry;
        Volume<byte> wide = new(g with { SizeX = g.SizeX + 2, SizeY = g.SizeY + 2, SizeZ = g.SizeZ + 2, Origin = g.ToPatient(-1, -1, -1) });
        for (int z = 0; z < g.SizeZ; z++)
        {
            for (int y = 0; y < g.SizeY; y++)
                mask.Voxels.Slice(g.IndexOf(0, y, z), g.SizeX).CopyTo(wide.Voxels.Slice(wide.Geometry.IndexOf(1, y + 1, z + 1), g.SizeX));
        }
        return wide;
    }
}
