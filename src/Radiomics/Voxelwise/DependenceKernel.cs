using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>GLDM features of a kernel: dependence is 1 + neighbours of the same level. Definitions as in <see cref="Neighbourhoods"/>.</summary>
internal sealed class DependenceKernel : IKernelFeatures
{
    // Features of the shared list that PyRadiomics' GLDM has: not the normalised grey level non-uniformity and the percentage.
    private static readonly int[] s_kept = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15];
    private readonly KernelBox _box;
    private readonly LevelColumnCounts _counts;
    private readonly int[] _dependence;
    private readonly double[] _shared = new double[LevelColumnCounts.Features];

    internal DependenceKernel(KernelBox box, LevelScale scale)
    {
        _box = box;
        _counts = new(KernelWindow.MostLevels(box, scale.HighestLevel), scale.HighestLevel, box.Cells, 2 * box.Directions.Length + 1);
        _dependence = new int[box.Cells];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        Array.Fill(_dependence, 1);
        for (int d = 0; d < _box.Pairs.Length; d++)
        {
            int step = _box.Steps[d];
            foreach (int cell in _box.Pairs[d])
            {
                int equal = ids[cell] == ids[cell + step] ? 1 : 0;
                _dependence[cell] += equal;
                _dependence[cell + step] += equal;
            }
        }
        for (int cell = 0; cell < _dependence.Length; cell++)
        {
            if (ids[cell] != 0)
                _counts.Add(ids[cell], kernel.Levels[cell], _dependence[cell]);
        }
        Array.Clear(_shared);
        _counts.AddFeaturesAndClear(_shared, kernel.Count);
        for (int f = 0; f < s_kept.Length; f++)
            values[f] = _shared[s_kept[f]];
    }
}
