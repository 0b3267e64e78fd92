using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Cuts a region into boxes of about equal work. Pure: the same region and bounds give the same boxes.</summary>
/// <remarks>A box is halved across its longest side where both halves hold about as many voxels of the region, until each is small enough. Boxes
/// are drawn tight around what they hold; what holds nothing is left out.</remarks>
public static class RegionCutter
{
    /// <summary>Cuts.</summary>
    /// <param name="region">Region; every value but 0 is inside.</param>
    /// <param name="mostVoxels">Most voxels of the region in one box.</param>
    /// <param name="fits">Whether a box may be as large as this, for its memory.</param>
    /// <returns>Boxes in the order of their first voxel (z, then y, then x).</returns>
    /// <exception cref="InvalidOperationException">Even one voxel by itself does not fit.</exception>
    public static IReadOnlyList<RegionBox> Cut(Volume<byte> region, long mostVoxels, Func<RegionBox, bool> fits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostVoxels, 1);
        List<RegionBox> boxes = [];
        Stack<VoxelBox> open = new([Mask.BoundingBox(region)]);
        while (open.TryPop(out VoxelBox box))
        {
            if (box.IsEmpty)
                continue;
            Occupancy inside = new(region, box);
            RegionBox tight = new(inside.TightBox, inside.Voxels);
            if (tight.RegionVoxels == 0)
                continue;
            if (tight.RegionVoxels <= mostVoxels && fits(tight))
            {
                boxes.Add(tight);
                continue;
            }
            if (tight.Box.VoxelCount == 1)
                throw new InvalidOperationException("The maps of a single voxel need more memory than a brick may have; raise FeatureWorker:MaxBrickMemory.");
            (VoxelBox first, VoxelBox second) = inside.Halves();
            open.Push(second);
            open.Push(first);
        }
        return [.. boxes.OrderBy(b => b.Box.Z).ThenBy(b => b.Box.Y).ThenBy(b => b.Box.X)];
    }

    /// <summary>Voxels of the region in the slices of a box, along each axis.</summary>
    private sealed class Occupancy
    {
        private readonly long[] _x, _y, _z;
        private readonly VoxelBox _box;

        public Occupancy(Volume<byte> region, VoxelBox box)
        {
            (_box, _x, _y, _z) = (box, new long[box.SizeX], new long[box.SizeY], new long[box.SizeZ]);
            for (int z = 0; z < box.SizeZ; z++)
            {
                for (int y = 0; y < box.SizeY; y++)
                {
                    ReadOnlySpan<byte> row = region.Voxels.Slice(region.Geometry.IndexOf(box.X, box.Y + y, box.Z + z), box.SizeX);
                    int inRow = row.Length - row.Count((byte)0);
                    if (inRow == 0)
                        continue;
                    for (int x = 0; x < row.Length; x++)
                        _x[x] += row[x] != 0 ? 1 : 0;
                    _y[y] += inRow;
                    _z[z] += inRow;
                    Voxels += inRow;
                }
            }
        }

        public long Voxels { get; }

        public VoxelBox TightBox
        {
            get
            {
                if (Voxels == 0)
                    return default;
                ((int x0, int sx), (int y0, int sy), (int z0, int sz)) = (Extent(_x), Extent(_y), Extent(_z));
                return new(_box.X + x0, _box.Y + y0, _box.Z + z0, sx, sy, sz);
            }
        }

        /// <summary>Two boxes across the longest side of the tight box, which has two slices at least.</summary>
        public (VoxelBox First, VoxelBox Second) Halves()
        {
            VoxelBox b = TightBox;
            if (b.SizeZ >= b.SizeY && b.SizeZ >= b.SizeX)
            {
                int n = Middle(_z, b.Z - _box.Z, b.SizeZ);
                return (b with { SizeZ = n }, b with { Z = b.Z + n, SizeZ = b.SizeZ - n });
            }
            if (b.SizeY >= b.SizeX)
            {
                int n = Middle(_y, b.Y - _box.Y, b.SizeY);
                return (b with { SizeY = n }, b with { Y = b.Y + n, SizeY = b.SizeY - n });
            }
            int m = Middle(_x, b.X - _box.X, b.SizeX);
            return (b with { SizeX = m }, b with { X = b.X + m, SizeX = b.SizeX - m });
        }

        private static (int First, int Size) Extent(long[] counts)
        {
            int first = counts.AsSpan().IndexOfAnyExcept(0);
            return (first, counts.AsSpan().LastIndexOfAnyExcept(0) - first + 1);
        }

        /// <summary>Slices of the first half: as many as hold half of the voxels, at least one and not all.</summary>
        private int Middle(long[] counts, int first, int size)
        {
            long before = 0;
            for (int n = 1; n < size; n++)
            {
                before += counts[first + n - 1];
                if (2 * (before + counts[first + n] / 2) >= Voxels)
                    return n;
            }
            return size - 1;
        }
    }
}
