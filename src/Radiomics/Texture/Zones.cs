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
    internal static double[] SizeFeatures(LevelGrid grid, Direction[] directions) =>
        Matrix(grid, grid.Positions.Span, Label(grid, directions), null).Features()![..16];

    private static double[] Features(LevelGrid grid, Aggregation aggregation, int[]? distance)
    {
        int[] zoneOf = Label(grid, Aggregations.IsPlanar(aggregation) ? Direction.InPlane : Direction.InSpace);
        IEnumerable<double[]?> PerMatrix()
        {
            foreach (ReadOnlyMemory<int> part in Aggregations.Parts(grid, aggregation))
                yield return Matrix(grid, part.Span, zoneOf, distance).Features()?[..16];
        }
        return Aggregations.Mean(PerMatrix())!;
    }

    private static CountMatrix Matrix(LevelGrid grid, ReadOnlySpan<int> part, int[] zoneOf, int[]? distance)
    {
        // A zone is known by its first cell; its size or distance is gathered there.
        Dictionary<int, int> columnOf = [];
        foreach (int at in part)
        {
            ref int column = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(columnOf, zoneOf[at], out bool known);
            column = distance is null ? column + 1 : known ? Math.Min(column, distance[at]) : distance[at];
        }
        List<(int, int)> pairs = new(columnOf.Count);
        foreach ((int first, int column) in columnOf)
            pairs.Add((grid.Ranks[first], column));
        return CountMatrix.OfPairs(pairs, grid.LevelOfRank, part.Length);
    }

    /// <summary>First cell of each cell's zone, by union of neighbours that precede in storage order.</summary>
    private static int[] Label(LevelGrid grid, Direction[] directions)
    {
        ReadOnlySpan<ushort> ranks = grid.Ranks;
        int[] parent = new int[ranks.Length];
        int[] back = [.. directions.Select(d => grid.Offset(d)).Select(o => -Math.Abs(o))];
        foreach (int at in grid.Positions.Span)
        {
            parent[at] = at;
            int root = at;
            foreach (int step in back)
            {
                if (ranks[at + step] != ranks[at])
                    continue;
                int other = Root(parent, at + step);
                if (other < root)
                    (root, other) = (other, root);
                parent[other] = root;
            }
        }
        foreach (int at in grid.Positions.Span)
            parent[at] = parent[parent[at]];
        return parent;
    }

    private static int Root(int[] parent, int at)
    {
        while (parent[at] != at)
            at = parent[at] = parent[parent[at]];
        return at;
    }
}
