using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>NGTDM features of a kernel; definitions as in <see cref="ToneDifference"/>.</summary>
internal sealed class ToneDifferenceKernel : IKernelFeatures
{
    private readonly KernelBox _box;
    private readonly int[] _sum;
    private readonly int[] _neighbours;
    private readonly double[] _differences;

    internal ToneDifferenceKernel(KernelBox box, LevelScale scale)
    {
        _box = box;
        _sum = new int[box.Cells];
        _neighbours = new int[box.Cells];
        _differences = new double[KernelWindow.MostLevels(box, scale.HighestLevel) + 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        SumNeighbours(kernel);
        ReadOnlySpan<ushort> ids = kernel.Ids;
        ReadOnlySpan<int> levels = kernel.Levels;
        Array.Clear(_differences, 0, kernel.LevelCount + 1);
        for (int cell = 0; cell < ids.Length; cell++)
        {
            int n = _neighbours[cell];
            if (ids[cell] != 0 && n > 0)
                _differences[ids[cell]] += Math.Abs((long)levels[cell] * n - _sum[cell]) / (double)n;
        }
        Features(kernel, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumNeighbours(KernelWindow kernel)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        ReadOnlySpan<int> levels = kernel.Levels;
        Array.Clear(_sum);
        Array.Clear(_neighbours);
        for (int d = 0; d < _box.Pairs.Length; d++)
        {
            int step = _box.Steps[d];
            foreach (int cell in _box.Pairs[d])
            {
                int other = cell + step;
                _sum[cell] += levels[other];
                _sum[other] += levels[cell];
                _neighbours[cell] += ids[other] != 0 ? 1 : 0;
                _neighbours[other] += ids[cell] != 0 ? 1 : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Features(KernelWindow kernel, Span<double> values)
    {
        ReadOnlySpan<int> level = kernel.LevelOfId, count = kernel.CountOfId;
        double n = kernel.Count, weighted = 0, differences = 0, contrast = 0, busyness = 0, complexity = 0, strength = 0;
        for (int a = 1; a <= kernel.LevelCount; a++)
        {
            double na = count[a], i = level[a], sa = _differences[a] * na;
            weighted += sa;
            differences += _differences[a];
            for (int b = 1; b < a; b++)
            {
                double nb = count[b], j = level[b], apart = Math.Abs(i - j), square = apart * apart;
                contrast += na * nb * square;
                busyness += Math.Abs(i * na - j * nb);
                complexity += apart * (sa + _differences[b] * nb) / (na + nb);
                strength += (na + nb) * square;
            }
        }
        int levels = kernel.LevelCount;
        values[0] = weighted > 0 ? Math.Min(ToneDifference.MaxCoarseness, n / weighted) : ToneDifference.MaxCoarseness;
        values[1] = levels > 1 ? 2 * contrast / (n * n) / (levels * (levels - 1.0)) * (differences / n) : 0;
        values[2] = busyness > 0 ? weighted / (2 * busyness) : 0;
        values[3] = 2 * complexity / n;
        values[4] = differences > 0 ? 2 * strength / n / differences : 0;
    }
}
