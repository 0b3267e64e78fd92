namespace HccPipeline.Imaging;

/// <summary>Questions about a mask: a <see cref="Volume{T}"/> of bytes in which every value but 0 is inside.</summary>
public static class Mask
{
    /// <summary>Number of voxels inside.</summary>
    public static int Count(Volume<byte> mask) => mask.Voxels.Length - mask.Voxels.Count((byte)0);

    /// <summary>Smallest box that holds every voxel inside; empty (size 0) when there is none.</summary>
    public static VoxelBox BoundingBox(Volume<byte> mask)
    {
        Geometry g = mask.Geometry;
        int x0 = g.SizeX, y0 = g.SizeY, z0 = g.SizeZ, x1 = -1, y1 = -1, z1 = -1;
        for (int z = 0; z < g.SizeZ; z++)
        {
            for (int y = 0; y < g.SizeY; y++)
            {
                ReadOnlySpan<byte> row = mask.Voxels.Slice(g.IndexOf(0, y, z), g.SizeX);
                int first = row.IndexOfAnyExcept((byte)0);
                if (first < 0)
                    continue;
                x0 = Math.Min(x0, first);
                x1 = Math.Max(x1, row.LastIndexOfAnyExcept((byte)0));
                y0 = Math.Min(y0, y);
                y1 = Math.Max(y1, y);
                z0 = Math.Min(z0, z);
                z1 = z;
            }
        }
        return x1 < 0 ? default : new(x0, y0, z0, x1 - x0 + 1, y1 - y0 + 1, z1 - z0 + 1);
    }

    /// <summary>Values of the voxels inside, in storage order ([z,y,x], x fastest).</summary>
    /// <exception cref="ArgumentException">Volume and mask lie on different grids.</exception>
    public static T[] Gather<T>(Volume<T> volume, Volume<byte> mask) where T : unmanaged
    {
        RequireSameGrid(volume.Geometry, mask.Geometry);
        T[] inside = new T[Count(mask)];
        ReadOnlySpan<byte> m = mask.Voxels;
        ReadOnlySpan<T> v = volume.Voxels;
        int n = 0, from = 0;
        while (from < m.Length)
        {
            int skip = m[from..].IndexOfAnyExcept((byte)0);
            if (skip < 0)
                break;
            int start = from + skip;
            int run = m[start..].IndexOf((byte)0);
            if (run < 0)
                run = m.Length - start;
            v.Slice(start, run).CopyTo(inside.AsSpan(n));
            n += run;
            from = start + run;
        }
        return inside;
    }

    /// <summary>The mask of one label (1 inside, 0 outside) of a label image.</summary>
    /// <param name="labels">Label image; whole numbers.</param>
    /// <param name="label">The label wanted; null takes every voxel that is not 0.</param>
    public static Volume<byte> OfLabel(Volume<float> labels, int? label = null)
    {
        Volume<byte> mask = new(labels.Geometry);
        Span<byte> m = mask.Voxels;
        ReadOnlySpan<float> v = labels.Voxels;
        for (int i = 0; i < m.Length; i++)
            m[i] = (label is { } wanted ? v[i] == wanted : v[i] != 0) ? (byte)1 : (byte)0;
        return mask;
    }

    /// <summary>Makes sure that an image and its mask share one grid.</summary>
    /// <exception cref="ArgumentException">They don't; the message says how they differ.</exception>
    public static void RequireSameGrid(Geometry image, Geometry mask)
    {
        if (image.SizeX != mask.SizeX || image.SizeY != mask.SizeY || image.SizeZ != mask.SizeZ)
        {
            throw new ArgumentException(
                $"The image has {image.SizeX}×{image.SizeY}×{image.SizeZ} voxels, the mask {mask.SizeX}×{mask.SizeY}×{mask.SizeZ}.",
                nameof(mask));
        }
        if (!image.Coincides(mask))
        {
            throw new ArgumentException(
                $"Image and mask have the same size, but their voxels lie elsewhere: first voxel at {image.Origin} and {mask.Origin} mm, " +
                $"spacing {image.SpacingMm} and {mask.SpacingMm} mm.",
                nameof(mask));
        }
    }
}
