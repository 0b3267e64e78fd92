using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>GLSZM features of a kernel: connected zones of one level, within the kernel. Definitions as in <see cref="Zones"/>.</summary>
internal sealed class ZoneKernel : IKernelFeatures
{
    private readonly KernelBox _box;
    private readonly LevelColumnCounts _counts;
    private readonly int[] _parent;
    private readonly int[] _size;

    internal ZoneKernel(KernelBox box, LevelScale scale)
    {
        _box = box;
        _counts = new(KernelWindow.MostLevels(box, scale.HighestLevel), scale.HighestLevel, box.Cells, box.Cells);
        _parent = new int[box.Cells];
        _size = new int[box.Cells];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        values.Clear();
        Label(kernel);
        ReadOnlySpan<ushort> ids = kernel.Ids;
        for (int cell = 0; cell < _parent.Length; cell++)
        {
            if (ids[cell] != 0 && _parent[cell] == cell)
                _counts.Add(ids[cell], kernel.Levels[cell], _size[cell]);
        }
        _counts.AddFeaturesAndClear(values, kernel.Count);
    }

    /// <summary>Sizes of zones at their first cell, by union with neighbours that precede.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Label(KernelWindow kernel)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        for (int cell = 0; cell < _parent.Length; cell++)
        {
            int id = ids[cell], root = cell;
            _parent[cell] = cell;
            _size[cell] = 1;
            if (id == 0 || kernel.CountOfId[id] == 1)
                continue;
            foreach (int[] before in _box.Before)
            {
                if (ids[before[cell]] != id)
                    continue;
                int other = Root(before[cell]);
                if (other == root)
                    continue;
                (int first, int second) = other < root ? (other, root) : (root, other);
                _parent[second] = first;
                _size[first] += _size[second];
                root = first;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Root(int cell)
    {
        while (_parent[cell] != cell)
            cell = _parent[cell] = _parent[_parent[cell]];
        return cell;
    }
}
