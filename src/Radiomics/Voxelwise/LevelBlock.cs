using System.Runtime.CompilerServices;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Grey levels and intensities of a box of voxels with a border as wide as the kernel reaches, so that kernels need no bounds check;
/// level 0 is what kernels do not hold.</summary>
internal sealed class LevelBlock
{
    private readonly ushort[] _levels;
    private readonly float[] _intensities;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal LevelBlock(Volume<float> block, Volume<byte> mask, VoxelBox core, LevelScale scale, bool masked, KernelBox box)
    {
        SizeX = core.SizeX + 2 * box.RadiusX;
        SizeY = core.SizeY + 2 * box.RadiusY;
        int sizeZ = core.SizeZ + 2 * box.RadiusZ;
        _levels = new ushort[checked(SizeX * SizeY * sizeZ)];
        _intensities = new float[_levels.Length];
        Geometry grid = block.Geometry;
        // Beyond these no kernel of the region reaches, and the scale need not hold.
        VoxelBox region = Mask.BoundingBox(mask);
        VoxelBox reach = region.IsEmpty ? region : region.Grow(Math.Max(box.RadiusX, Math.Max(box.RadiusY, box.RadiusZ)), grid);
        float[] row = new float[SizeX];
        int[] at = new int[SizeX], levels = new int[SizeX];
        for (int z = 0; z < sizeZ; z++)
        {
            int sourceZ = core.Z - box.RadiusZ + z;
            for (int y = 0; y < SizeY; y++)
            {
                int sourceY = core.Y - box.RadiusY + y;
                if (!Within(sourceZ, reach.Z, reach.SizeZ) || !Within(sourceY, reach.Y, reach.SizeY))
                    continue;
                int n = 0, first = (z * SizeY + y) * SizeX;
                for (int x = 0; x < SizeX; x++)
                {
                    int sourceX = core.X - box.RadiusX + x;
                    if (!Within(sourceX, reach.X, reach.SizeX))
                        continue;
                    int source = grid.IndexOf(sourceX, sourceY, sourceZ);
                    if (masked && mask.Voxels[source] == 0)
                        continue;
                    row[n] = InRange(block.Voxels[source], scale);
                    at[n++] = first + x;
                }
                Discretiser.Discretise(row.AsSpan(0, n), scale.Minimum, scale.Maximum, scale.Bins, Convention.PyRadiomics, levels.AsSpan(0, n));
                for (int k = 0; k < n; k++)
                {
                    _levels[at[k]] = (ushort)levels[k];
                    _intensities[at[k]] = row[k];
                }
            }
        }
    }

    /// <summary>Cells along x, border included.</summary>
    internal int SizeX { get; }

    /// <summary>Cells along y, border included.</summary>
    internal int SizeY { get; }

    /// <summary>Grey level of each cell, [z,y,x].</summary>
    internal ReadOnlySpan<ushort> Levels => _levels;

    /// <summary>Intensity of each cell that has a level.</summary>
    internal ReadOnlySpan<float> Intensities => _intensities;

    private static bool Within(int at, int first, int size) => at >= first && at < first + size;

    private static float InRange(float x, LevelScale scale)
    {
        if (!float.IsFinite(x))
            throw new RegionException("A voxel that kernels hold has no finite intensity (NaN or infinite); take such voxels out of the mask.");
        return x >= scale.Minimum && x <= scale.Maximum
            ? x + 0f   // so that −0 is 0
            : throw new ArgumentException(
                $"An intensity of {x} lies outside the scale from {scale.Minimum} to {scale.Maximum}: the scale is not that of this region.",
                nameof(scale));
    }
}
