using System.Numerics;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Connected zones of one grey level (8 neighbours in a slice, 26 in space): by size (IBSI 9SAK) and by distance to the
/// region's border (IBSI VMDZ).</summary>
internal static class Zones
{
    /// <summary>Size zone features in the catalogue's order.</summary>
    internal static double[] SizeFeatures(LevelGrid grid, Aggregation aggregation) => Features(grid, aggregation, null);

    /// <summary>Distance zone features in the catalogue's order.</summary>
    /// <param name="grid">Levels of the intensity region.</param>
    /// <param name="border">Mask whose border counts (the morphological one), on the grid of the levels' mask.</param>
    /// <param name="aggregation">2D, 2.5D or 3D.</param>
    internal static double[] DistanceFeatures(LevelGrid grid, Volume<byte> border, Aggregation aggregation) =>
        Features(grid, aggregation, BorderDistance.Of(grid, border, Aggregations.IsPlanar(aggregation)));

    /// <summary>Size zone features of the whole region; cells are connected along some directions.</summary>
    internal static double[] SizeFeatures(LevelGrid grid, Direction[] directions)
    {
        using Rented<int> firstCell = new(grid.Ranks.Length), column = new(grid.Ranks.Length);
        Label(grid, directions, firstCell.Span);
        return Matrix(grid, grid.Positions.Span, firstCell.Span, column.Span, null).Features()![..16];
    }

    private static double[] Features(LevelGrid grid, Aggregation aggregation, int[]? distance)
    {
        using Rented<int> firstCell = new(grid.Ranks.Length), column = new(grid.Ranks.Length);
        Label(grid, Aggregations.IsPlanar(aggregation) ? Direction.InPlane : Direction.InSpace, firstCell.Span);
        List<double[]?> perMatrix = [];
        foreach (ReadOnlyMemory<int> part in Aggregations.Parts(grid, aggregation))
            perMatrix.Add(Matrix(grid, part.Span, firstCell.Span, column.Span, distance).Features()?[..16]);
        return Aggregations.Mean(perMatrix)!;
    }

    /// <summary>Counts zones; a zone's size or distance is gathered at its first cell.</summary>
    private static CountMatrix Matrix(LevelGrid grid, ReadOnlySpan<int> part, ReadOnlySpan<int> firstCell, Span<int> column, int[]? distance)
    {
        foreach (int at in part)
        {
            int first = firstCell[at];
            if (first == at)
                column[at] = distance is null ? 1 : distance[at];
            else
                column[first] = distance is null ? column[first] + 1 : Math.Min(column[first], distance[at]);
        }
        CountMatrixBuilder counts = new(grid.LevelOfRank);
        foreach (int at in part)
        {
            if (firstCell[at] == at)
                counts.Add(grid.Ranks[at], column[at]);
        }
        return counts.ToMatrix(part.Length);
    }

    /// <summary>First cell of each cell's zone, by union of neighbours that precede in storage order.</summary>
    private static void Label(LevelGrid grid, Direction[] directions, Span<int> parent)
    {
        ReadOnlySpan<ushort> ranks = grid.Ranks;
        int[] back = [.. directions.Select(d => -grid.Offset(d))];
        foreach (int at in grid.Positions.Span)
        {
            // All comparisons first, without a branch: few neighbours are equal, and which ones nobody can foretell.
            int rank = ranks[at];
            uint equal = 0;
            for (int k = 0; k < back.Length; k++)
                equal |= (ranks[at + back[k]] == rank ? 1u : 0u) << k;
            int root = at;
            parent[at] = at;
            for (; equal != 0; equal &= equal - 1)
            {
                int other = Root(parent, at + back[BitOperations.TrailingZeroCount(equal)]);
                if (other < root)
                    (root, other) = (other, root);
                parent[other] = root;
            }
        }
        foreach (int at in grid.Positions.Span)
            parent[at] = parent[parent[at]];
    }

    private static int Root(Span<int> parent, int at)
    {
        while (parent[at] != at)
            at = parent[at] = parent[parent[at]];
        return at;
    }
}
