using System.Numerics;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Grey level run lengths (IBSI TP0I): stretches of one level along a direction, within the region.</summary>
/// <remarks>Every voxel knows how long the run is that ends at it, and is counted there: so many runs are at least so long. The
/// difference from the next length is the number of runs of just that length. No step depends on what the voxel holds.</remarks>
internal static class RunLengths
{
    /// <summary>Features in the catalogue's order.</summary>
    /// <exception cref="RegionException">PyRadiomics' convention: no line along any direction holds two voxels.</exception>
    internal static double[] Features(LevelGrid grid, Aggregation aggregation, Convention convention)
    {
        int columns = Math.Max(grid.SizeX, Math.Max(grid.SizeY, grid.SizeZ));
        int[] counts = new int[(grid.RankCount + 1) * columns];
        int[] endingAt = new int[RingSize(grid)];
        IEnumerable<double[]?> PerMatrix()
        {
            foreach (ReadOnlyMemory<int> part in Aggregations.Parts(grid, aggregation))
            {
                foreach (Direction[] group in Aggregations.DirectionGroups(aggregation))
                {
                    Array.Clear(counts);
                    foreach (Direction d in group)
                    {
                        bool anyPair = CountAtLeast(grid, part.Span, grid.Offset(d), counts, columns, endingAt);
                        if (convention == Convention.PyRadiomics && !anyPair && !LineHoldsTwo(grid, part.Span, d))
                            Array.Clear(counts);
                    }
                    ToCounts(counts);
                    yield return CountMatrix.OfDense<int>(counts, columns, grid.LevelOfRank, (long)part.Length * group.Length).Features()?[..16];
                }
            }
        }
        return Aggregations.Mean(PerMatrix())
            ?? throw new RegionException("No line through the region holds two of its voxels; run lengths are not defined.");
    }

    /// <summary>Features in PyRadiomics' convention along some directions to next neighbours: averaged, or of one matrix of weighted counts.</summary>
    /// <exception cref="RegionException">No line along any direction holds two voxels.</exception>
    internal static double[] Features(LevelGrid grid, TextureSettings settings, Vector3D spacing)
    {
        int columns = Math.Max(grid.SizeX, Math.Max(grid.SizeY, grid.SizeZ));
        int[] counts = new int[(grid.RankCount + 1) * columns];
        int[] endingAt = new int[RingSize(grid)];
        double[] merged = new double[counts.Length];
        List<double[]?> each = [];
        ReadOnlySpan<int> all = grid.Positions.Span;
        double voxels = 0;
        foreach (Direction d in settings.Directions([1]))
        {
            Array.Clear(counts);
            if (!CountAtLeast(grid, all, grid.Offset(d), counts, columns, endingAt) && !LineHoldsTwo(grid, all, d))
                continue;
            ToCounts(counts);
            double weight = settings.Length(d, spacing);
            voxels += weight * all.Length;
            for (int i = 0; i < counts.Length; i++)
                merged[i] += weight * counts[i];
            if (settings.Weighting == DistanceWeighting.None)
                each.Add(CountMatrix.OfDense<int>(counts, columns, grid.LevelOfRank, all.Length).Features()![..16]);
        }
        double[]? features = settings.Weighting == DistanceWeighting.None
            ? Aggregations.Mean(each)
            : CountMatrix.OfDense<double>(merged, columns, grid.LevelOfRank, voxels).Features()?[..16];
        return features ?? throw new RegionException("No line through the region holds two of its voxels; run lengths are not defined.");
    }

    /// <summary>Cells to remember, a power of two: the farthest neighbour lies a slice, a row and a cell back.</summary>
    private static int RingSize(LevelGrid grid) => (int)BitOperations.RoundUpToPowerOf2((uint)(grid.SizeX * grid.SizeY + grid.SizeX + 2));

    /// <summary>From runs of at least each length to runs of just that length. The last column is empty: no run is as long as a padded axis.</summary>
    private static void ToCounts(int[] atLeast)
    {
        for (int i = 0; i < atLeast.Length - 1; i++)
            atLeast[i] -= atLeast[i + 1];
    }

    /// <summary>Adds one direction's runs of at least each length.</summary>
    /// <returns>Whether two voxels of the region follow each other along the direction.</returns>
    private static bool CountAtLeast(LevelGrid grid, ReadOnlySpan<int> part, int offset, int[] counts, int columns, int[] endingAt)
    {
        ReadOnlySpan<ushort> ranks = grid.Ranks;
        int inRing = endingAt.Length - 1, pairs = 0;
        foreach (int at in part)
        {
            int rank = ranks[at], before = ranks[at - offset];
            pairs |= before;
            int goesOn = before == rank ? -1 : 0;
            int length = 1 + (endingAt[(at - offset) & inRing] & goesOn);
            endingAt[at & inRing] = length;
            counts[rank * columns + length]++;
        }
        return pairs != 0;
    }

    /// <summary>Whether some line along the direction meets the region twice, gaps allowed.</summary>
    private static bool LineHoldsTwo(LevelGrid grid, ReadOnlySpan<int> part, Direction d)
    {
        HashSet<(int, int, int)> lines = [];
        foreach (int at in part)
        {
            int x = at % grid.SizeX, y = at / grid.SizeX % grid.SizeY, z = at / (grid.SizeX * grid.SizeY);
            int steps = d.Z != 0 ? z * d.Z : d.Y != 0 ? y * d.Y : x * d.X;
            if (!lines.Add((x - steps * d.X, y - steps * d.Y, z - steps * d.Z)))
                return true;
        }
        return false;
    }
}
