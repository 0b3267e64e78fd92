using System.Numerics;
using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>GLRLM features of a kernel: each direction by itself, then the mean over directions of which some line holds two voxels or more
/// (gaps allowed). Definitions as in <see cref="RunLengths"/>.</summary>
internal sealed class RunLengthKernel : IKernelFeatures
{
    private readonly KernelBox _box;
    private readonly EqualNeighbours _equal;
    private readonly LevelColumnCounts _counts;
    private readonly uint[] _left;
    private readonly int[] _seen;
    private int _stamp;

    internal RunLengthKernel(KernelBox box, LevelScale scale, EqualNeighbours equal)
    {
        (_box, _equal) = (box, equal);
        _counts = new(box, scale.HighestLevel, Math.Max(box.SizeX, Math.Max(box.SizeY, box.SizeZ)));
        _left = new uint[equal.Words];
        _seen = new int[box.Cells];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        values.Clear();
        _counts.Begin(kernel);
        int directions = 0;
        for (int d = 0; d < _box.Steps.Length; d++)
        {
            if (!kernel.IsFull && !LineHoldsTwo(kernel, d))
                continue;
            directions++;
            JoinRuns(kernel, d);
            _counts.AddFeatures(kernel, values);
        }
        if (directions == 0)
        {
            values.Fill(double.NaN);
            return;
        }
        double share = 1.0 / directions;
        foreach (ref double value in values)
            value *= share;
    }

    /// <summary>Finds the runs of two voxels and more, each at its first cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void JoinRuns(KernelWindow kernel, int direction)
    {
        int step = _box.Steps[direction];
        Span<uint> left = _left;
        _equal.Along(direction).CopyTo(left);
        for (int word = 0; word < left.Length; word++)
        {
            while (left[word] != 0)
            {
                int first = word * 32 + BitOperations.TrailingZeroCount(left[word]), length = 1;
                for (int cell = first; (left[cell >> 5] >> cell & 1) != 0; cell += step, length++)
                    left[cell >> 5] &= ~(1u << cell);
                _counts.Join(kernel.Ids[first], kernel.Levels[first], length, length);
            }
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
