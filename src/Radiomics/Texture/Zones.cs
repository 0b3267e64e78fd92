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
        using Rented<int> zones = new(grid.Ranks.Length);
        Label(grid, directions, zones.Span);
        return Count(grid, grid.Positions.Span, zones.Span, null).Features()![..16];
    }

    private static double[] Features(LevelGrid grid, Aggregation aggregation, int[]? distance)
    {
        using Rented<int> zones = new(grid.Ranks.Length);
        Label(grid, Aggregations.IsPlanar(aggregation) ? Direction.InPlane : Direction.InSpace, zones.Span);
        if (distance is not null)
            GatherAtFirstCells(grid, zones.Span, distance);
        List<double[]?> perMatrix = [];
        foreach (ReadOnlyMemory<int> part in Aggregations.Parts(grid, aggregation))
            perMatrix.Add(Count(grid, part.Span, zones.Span, distance).Features()?[..16]);
        return Aggregations.Mean(perMatrix)!;
    }

    /// <summary>Counts zones at their first cells, by size or by distance.</summary>
    private static CountMatrix Count(LevelGrid grid, ReadOnlySpan<int> part, ReadOnlySpan<int> zones, int[]? distance)
    {
        CountMatrixBuilder counts = new(grid.LevelOfRank);
        foreach (int at in part)
        {
            if (zones[at] < 0)
                counts.Add(grid.Ranks[at], distance is null ? -zones[at] : distance[at]);
        }
        return counts.ToMatrix(part.Length);
    }

    /// <summary>Leaves the least distance of each zone at its first cell.</summary>
    private static void GatherAtFirstCells(LevelGrid grid, Span<int> zones, int[] distance)
    {
        foreach (int at in grid.Positions.Span)
        {
            int first = First(zones, at);
            distance[first] = Math.Min(distance[first], distance[at]);
        }
    }

    /// <summary>Zones by union of neighbours that precede in storage order. The first cell of each holds its size, negative; from every
    /// other a chain of earlier cells leads there.</summary>
    private static void Label(LevelGrid grid, Direction[] directions, Span<int> zones)
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
            int first = at;
            zones[at] = -1;
            for (; equal != 0; equal &= equal - 1)
            {
                int other = First(zones, at + back[BitOperations.TrailingZeroCount(equal)]);
                if (other == first)
                    continue;
                if (other < first)
                    (first, other) = (other, first);
                zones[first] += zones[other];
                zones[other] = first;
            }
        }
    }

    private static int First(Span<int> zones, int at)
    {
        while (zones[at] >= 0)
        {
            int next = zones[at];
            if (zones[next] >= 0)
                zones[at] = zones[next];
            at = next;
        }
        return at;
    }
}
