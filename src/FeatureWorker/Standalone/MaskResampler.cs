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

    /// <summary>Nearest voxels, as PyRadiomics corrects a mask: its region's box must lie within the image to a thousandth of a voxel.</summary>
    /// <exception cref="ImageFormatException">It does not, or no voxel of the image is inside.</exception>
    public static Volume<byte> ToNearest(Volume<byte> mask, Geometry grid)
    {
        const double tolerance = 1e-3;
        VoxelBox box = Mask.BoundingBox(mask);
        Vector3D a = grid.ToVoxel(mask.Geometry.ToPatient(box.X - 0.5, box.Y - 0.5, box.Z - 0.5));
        Vector3D b = grid.ToVoxel(mask.Geometry.ToPatient(box.X + box.SizeX - 0.5, box.Y + box.SizeY - 0.5, box.Z + box.SizeZ - 0.5));
        bool Within(double p, double q, int size) => Math.Min(p, q) >= -0.5 - tolerance && Math.Max(p, q) <= size - 0.5 + tolerance;
        if (!Within(a.X, b.X, grid.SizeX) || !Within(a.Y, b.Y, grid.SizeY) || !Within(a.Z, b.Z, grid.SizeZ))
            throw new ImageFormatException($"The box of the mask's region reaches beyond the image: from {a} to {b} in its voxels.");
        Volume<byte> result = Resampler.ResampleMask(mask, grid, Interpolation.Nearest, emptyBeyond: true);
        return Mask.Count(result) > 0 ? result : throw new ImageFormatException("The mask lies between the image's voxels: none is inside.");
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
