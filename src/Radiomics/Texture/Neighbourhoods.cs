namespace HccPipeline.Radiomics;

/// <summary>Neighbourhood features: grey tone difference (NGTDM, IBSI IPET) and grey level dependence (NGLDM, IBSI REK0; PyRadiomics' GLDM),
/// within Chebyshev distance 1, dependence of equal levels.</summary>
internal static class Neighbourhoods
{
    private const int Columns = 28;

    /// <summary>Both families in the catalogue's order.</summary>
    internal static (double[] ToneDifference, double[] Dependence) Features(LevelGrid grid, Aggregation aggregation, Convention convention)
    {
        int[] offsets = [.. (Aggregations.IsPlanar(aggregation) ? Direction.InPlane : Direction.InSpace).Select(d => grid.Offset(d))];
        List<double[]?> tone = [], dependence = [];
        foreach (ReadOnlyMemory<int> part in Aggregations.Parts(grid, aggregation))
        {
            (ToneDifference differences, CountMatrix dependences) = Count(grid, part.Span, offsets, convention);
            tone.Add(differences.Features());
            dependence.Add(dependences.Features());
        }
        return (
            Aggregations.Mean(tone) ?? throw new RegionException("No voxel of the region has a neighbour; grey tone differences are not defined."),
            Aggregations.Mean(dependence)!);
    }

    /// <summary>One visit of every neighbour of every voxel. Differences from the neighbours' mean are kept as integers per number of
    /// neighbours and divided at the end: the order of voxels does not matter.</summary>
    private static (ToneDifference Tone, CountMatrix Dependence) Count(LevelGrid grid, ReadOnlySpan<int> part, int[] offsets, Convention convention)
    {
        ReadOnlySpan<ushort> ranks = grid.Ranks;
        ReadOnlySpan<int> levels = grid.LevelOfRank;
        long[] differences = new long[levels.Length * Columns];
        long[] voxels = new long[levels.Length];
        int[] dependence = new int[levels.Length * Columns];
        foreach (int at in part)
        {
            int rank = ranks[at], sum = 0, outside = 0, equal = 0;
            foreach (int offset in offsets)
            {
                int a = ranks[at + offset], b = ranks[at - offset];
                sum += levels[a] + levels[b];
                outside += (a == 0 ? 1 : 0) + (b == 0 ? 1 : 0);
                equal += (a == rank ? 1 : 0) + (b == rank ? 1 : 0);
            }
            dependence[rank * Columns + equal + 1]++;
            int neighbours = 2 * offsets.Length - outside;
            if (neighbours > 0 || convention == Convention.PyRadiomics)
                voxels[rank]++;
            differences[rank * Columns + neighbours] += Math.Abs((long)levels[rank] * neighbours - sum);
        }
        double[] s = new double[levels.Length];
        for (int rank = 1; rank < levels.Length; rank++)
        {
            for (int n = 1; n < Columns; n++)
                s[rank] += (double)differences[rank * Columns + n] / n;
        }
        return (new(levels.ToArray(), voxels, s), CountMatrix.OfDense(dependence, Columns, levels, part.Length));
    }
}
