namespace HccPipeline.Radiomics;

/// <summary>Neighbourhood features: grey tone difference (NGTDM, IBSI IPET) and grey level dependence (NGLDM, IBSI REK0; PyRadiomics' GLDM),
/// within some directions, dependence of levels that differ by a tolerance at most.</summary>
internal static class Neighbourhoods
{
    /// <summary>Both families in the catalogue's order.</summary>
    internal static (double[] ToneDifference, double[] Dependence) Features(LevelGrid grid, Aggregation aggregation, Convention convention)
    {
        Direction[] directions = Aggregations.IsPlanar(aggregation) ? Direction.InPlane : Direction.InSpace;
        List<double[]?> tone = [], dependence = [];
        foreach (ReadOnlyMemory<int> part in Aggregations.Parts(grid, aggregation))
        {
            (ToneDifference differences, CountMatrix dependences) = Count(grid, part.Span, directions, 0, convention);
            tone.Add(differences.Features());
            dependence.Add(dependences.Features());
        }
        return (
            Aggregations.Mean(tone) ?? throw new RegionException("No voxel of the region has a neighbour; grey tone differences are not defined."),
            Aggregations.Mean(dependence)!);
    }

    /// <summary>Both families of the whole region in PyRadiomics' convention.</summary>
    /// <param name="grid">Levels.</param>
    /// <param name="directions">Directions to neighbours, one of each pair of opposites.</param>
    /// <param name="tolerance">Largest difference of dependent levels.</param>
    internal static (double[] ToneDifference, double[] Dependence) Features(LevelGrid grid, Direction[] directions, int tolerance)
    {
        (ToneDifference tone, CountMatrix dependence) = Count(grid, grid.Positions.Span, directions, tolerance, Convention.PyRadiomics);
        return (tone.Features()!, dependence.Features()!);
    }

    /// <summary>One visit of every neighbour of every voxel. Differences from the neighbours' mean are kept as integers per number of
    /// neighbours and divided at the end: the order of voxels does not matter.</summary>
    private static (ToneDifference Tone, CountMatrix Dependence) Count(LevelGrid grid, ReadOnlySpan<int> part, Direction[] directions, int tolerance, Convention convention)
    {
        int[] offsets = [.. directions.Select(d => grid.Offset(d))];
        int columns = 2 * offsets.Length + 2;
        ReadOnlySpan<ushort> ranks = grid.Ranks;
        ReadOnlySpan<int> levels = grid.LevelOfRank;
        long[] differences = new long[levels.Length * columns];
        long[] voxels = new long[levels.Length];
        int[] dependence = new int[levels.Length * columns];
        foreach (int at in part)
        {
            int rank = ranks[at], level = levels[rank], sum = 0, outside = 0, dependent = 0;
            foreach (int offset in offsets)
            {
                int a = ranks[at + offset], b = ranks[at - offset];
                sum += levels[a] + levels[b];
                outside += (a == 0 ? 1 : 0) + (b == 0 ? 1 : 0);
                dependent += (a != 0 && Math.Abs(levels[a] - level) <= tolerance ? 1 : 0) + (b != 0 && Math.Abs(levels[b] - level) <= tolerance ? 1 : 0);
            }
            dependence[rank * columns + dependent + 1]++;
            int neighbours = 2 * offsets.Length - outside;
            if (neighbours > 0 || convention == Convention.PyRadiomics)
                voxels[rank]++;
            differences[rank * columns + neighbours] += Math.Abs((long)levels[rank] * neighbours - sum);
        }
        double[] s = new double[levels.Length];
        for (int rank = 1; rank < levels.Length; rank++)
        {
            for (int n = 1; n < columns; n++)
                s[rank] += (double)differences[rank * columns + n] / n;
        }
        return (new(levels.ToArray(), voxels, s), CountMatrix.OfDense<int>(dependence, columns, levels, part.Length));
    }
}
