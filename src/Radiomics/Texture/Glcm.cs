namespace HccPipeline.Radiomics;

/// <summary>Grey level co-occurrence: pairs of neighbours at Chebyshev distance 1, counted both ways (IBSI LFYI).</summary>
internal static class Glcm
{
    /// <summary>Most different grey levels that a dense matrix is kept for.</summary>
    internal const int MaxRanks = 4_096;

    /// <summary>Features in the catalogue's order, averaged over the aggregation's matrices that have pairs.</summary>
    /// <exception cref="RegionException">No two neighbours in the region, or too many grey levels.</exception>
    internal static double[] Features(LevelGrid grid, Aggregation aggregation, Convention convention)
    {
        int size = grid.RankCount + 1;
        if (grid.RankCount > MaxRanks)
            throw TooManyLevels(grid);
        int[] counts = new int[size * size];
        GlcmFeatures features = new(grid, convention);
        IEnumerable<double[]?> PerMatrix()
        {
            foreach (ReadOnlyMemory<int> part in Aggregations.Parts(grid, aggregation))
            {
                foreach (Direction[] group in Aggregations.DirectionGroups(aggregation))
                {
                    Array.Clear(counts);
                    foreach (Direction d in group)
                        Count(grid, part.Span, grid.Offset(d), counts);
                    yield return features.Of(counts);
                }
            }
        }
        return Aggregations.Mean(PerMatrix())
            ?? throw NoPair();
    }

    internal static RegionException TooManyLevels(LevelGrid grid) =>
        new($"The region has {grid.RankCount} different grey levels, more than {MaxRanks} for co-occurrence; choose wider bins.");

    internal static RegionException NoPair() => new("No two voxels of the region are neighbours; co-occurrence is not defined.");

    /// <summary>Counts the pairs of one direction one way; what leads outside lands in column 0, which nobody reads.</summary>
    private static void Count(LevelGrid grid, ReadOnlySpan<int> part, int offset, int[] counts)
    {
        ReadOnlySpan<ushort> ranks = grid.Ranks;
        int size = grid.RankCount + 1;
        foreach (int at in part)
            counts[ranks[at] * size + ranks[at + offset]]++;
    }
}
