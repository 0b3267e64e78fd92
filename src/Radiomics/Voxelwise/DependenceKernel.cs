using System.Numerics;
using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>GLDM features of a kernel: dependence is 1 + neighbours of the same level. Definitions as in <see cref="Neighbourhoods"/>.</summary>
internal sealed class DependenceKernel : IKernelFeatures
{
    // Features of the shared list that PyRadiomics' GLDM has: not the normalised grey level non-uniformity and the percentage.
    private static readonly int[] s_kept = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15];
    private readonly KernelBox _box;
    private readonly EqualNeighbours _equal;
    private readonly LevelColumnCounts _counts;
    private readonly int[] _dependence;
    private readonly double[] _shared = new double[LevelColumnCounts.Features];

    internal DependenceKernel(KernelBox box, LevelScale scale, EqualNeighbours equal)
    {
        (_box, _equal) = (box, equal);
        _counts = new(box, scale.HighestLevel, 2 * box.Directions.Length + 1);
        _dependence = new int[box.Cells];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        _counts.Begin(kernel);
        CountEqualNeighbours();
        for (int cell = 0; cell < _dependence.Length; cell++)
        {
            if (_dependence[cell] > 1)
                _counts.Join(kernel.Ids[cell], kernel.Levels[cell], 1, _dependence[cell]);
        }
        Array.Clear(_shared);
        _counts.AddFeatures(kernel, _shared);
        for (int f = 0; f < s_kept.Length; f++)
            values[f] = _shared[s_kept[f]];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountEqualNeighbours()
    {
        Array.Fill(_dependence, 1);
        for (int d = 0; d < _box.Steps.Length; d++)
        {
            int step = _box.Steps[d];
            ReadOnlySpan<uint> words = _equal.Along(d);
            for (int word = 0; word < words.Length; word++)
            {
                for (uint left = words[word]; left != 0; left &= left - 1)
                {
                    int cell = word * 32 + BitOperations.TrailingZeroCount(left);
                    _dependence[cell]++;
                    _dependence[cell + step]++;
                }
            }
        }
    }
}
