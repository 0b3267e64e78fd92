using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>GLRLM features of a kernel: each direction by itself, then the mean over directions of which some line holds two voxels or more
/// (gaps allowed). Definitions as in <see cref="RunLengths"/>.</summary>
internal sealed class RunLengthKernel : IKernelFeatures
{
    private readonly KernelBox _box;
    private readonly LevelColumnCounts _counts;
    private readonly int[] _seen;
    private int _stamp;

    internal RunLengthKernel(KernelBox box, LevelScale scale)
    {
        _box = box;
        int longest = Math.Max(box.SizeX, Math.Max(box.SizeY, box.SizeZ));
        _counts = new(KernelWindow.MostLevels(box, scale.HighestLevel), scale.HighestLevel, box.Cells, longest);
        _seen = new int[box.Cells];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        values.Clear();
        int directions = 0;
        for (int d = 0; d < _box.Directions.Length; d++)
        {
            if (!kernel.IsFull && !LineHoldsTwo(kernel, d))
                continue;
            directions++;
            Count(kernel, d);
            _counts.AddFeaturesAndClear(values, kernel.Count);
        }
        if (directions == 0)
        {
            values.Fill(double.NaN);
            return;
        }
        foreach (ref double value in values)
            value /= directions;
    }

    /// <summary>Counts the runs, each at its first cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(KernelWindow kernel, int direction)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        ReadOnlySpan<int> levels = kernel.Levels, before = _box.Before[direction], after = _box.After[direction];
        for (int cell = 0; cell < before.Length; cell++)
        {
            int id = ids[cell];
            if (id == 0 || ids[before[cell]] == id)
                continue;
            int length = 1;
            for (int next = after[cell]; ids[next] == id; next = after[next])
                length++;
            _counts.Add(id, levels[cell], length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool LineHoldsTwo(KernelWindow kernel, int direction)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        int[] lines = _box.Lines[direction];
        _stamp++;
        for (int cell = 0; cell < lines.Length; cell++)
        {
            if (ids[cell] == 0)
                continue;
            ref int seen = ref _seen[lines[cell]];
            if (seen == _stamp)
                return true;
            seen = _stamp;
        }
        return false;
    }
}
