using System.Numerics;
using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>GLSZM features of a kernel: connected zones of one level, within the kernel. Definitions as in <see cref="Zones"/>.</summary>
internal sealed class ZoneKernel : IKernelFeatures
{
    private readonly KernelBox _box;
    private readonly EqualNeighbours _equal;
    private readonly LevelColumnCounts _counts;
    private readonly int[] _parent;
    private readonly int[] _size;

    internal ZoneKernel(KernelBox box, LevelScale scale, EqualNeighbours equal)
    {
        (_box, _equal) = (box, equal);
        _counts = new(box, scale.HighestLevel, box.Cells);
        _parent = new int[box.Cells];
        _size = new int[box.Cells];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        values.Clear();
        _counts.Begin(kernel);
        Label();
        for (int cell = 0; cell < _parent.Length; cell++)
        {
            if (_size[cell] > 1 && _parent[cell] == cell)
                _counts.Join(kernel.Ids[cell], kernel.Levels[cell], _size[cell], _size[cell]);
        }
        _counts.AddFeatures(kernel, values);
    }

    /// <summary>Sizes of zones at their first cell, by union of equal neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Label()
    {
        for (int cell = 0; cell < _parent.Length; cell++)
            (_parent[cell], _size[cell]) = (cell, 1);
        for (int d = 0; d < _box.Steps.Length; d++)
        {
            int step = _box.Steps[d];
            ReadOnlySpan<uint> words = _equal.Along(d);
            for (int word = 0; word < words.Length; word++)
            {
                for (uint left = words[word]; left != 0; left &= left - 1)
                {
                    int cell = word * 32 + BitOperations.TrailingZeroCount(left);
                    int a = Root(cell), b = Root(cell + step);
                    if (a == b)
                        continue;
                    (int first, int second) = a < b ? (a, b) : (b, a);
                    _parent[second] = first;
                    _size[first] += _size[second];
                }
            }
        }
    }

    private int Root(int cell)
    {
        while (_parent[cell] != cell)
            cell = _parent[cell] = _parent[_parent[cell]];
        return cell;
    }
}
