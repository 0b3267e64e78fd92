using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>First-order features of a kernel; definitions as in <see cref="FirstOrder"/>.</summary>
internal sealed class FirstOrderKernel(KernelBox box, double voxelVolumeMm3, double shift) : IKernelFeatures
{
    private readonly float[] _sorted = new float[box.Cells];
    private readonly LogCounts _log = new(box.Cells);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        ReadOnlySpan<float> x = kernel.Intensities;
        int n = x.Length;
        Span<float> sorted = _sorted.AsSpan(0, n);
        x.CopyTo(sorted);
        Sort(sorted);
        double min = sorted[0], max = sorted[^1];
        (double sum, double squares) = FixedOrderSums.OfPowers(x);
        double mean = min == max ? min : sum / n;
        (double s2, double s3, double s4, double absolute) = FixedOrderSums.OfDeviations(x, mean);
        double variance = s2 / n, energy = squares + shift * (2 * sum + n * shift);
        double p10 = Percentiles.OfSorted(sorted, 10), p90 = Percentiles.OfSorted(sorted, 90);
        (values[2], values[17]) = EntropyAndUniformity(kernel);
        values[0] = energy;
        values[1] = energy * voxelVolumeMm3;
        values[3] = min;
        values[4] = p10;
        values[5] = p90;
        values[6] = max;
        values[7] = mean;
        values[8] = Percentiles.OfSorted(sorted, 50);
        values[9] = Percentiles.OfSorted(sorted, 75) - Percentiles.OfSorted(sorted, 25);
        values[10] = max - min;
        values[11] = absolute / n;
        values[12] = FirstOrder.RobustMeanDeviation(sorted, p10, p90);
        values[13] = Math.Sqrt(energy / n);
        values[14] = variance == 0 ? 0 : s3 / n / (variance * Math.Sqrt(variance));
        values[15] = variance == 0 ? 0 : s4 / n / (variance * variance);
        values[16] = variance;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Entropy, double Uniformity) EntropyAndUniformity(KernelWindow kernel)
    {
        ReadOnlySpan<long> product = _log.Product;
        long bits = product[kernel.Count], squares = 0;
        for (int id = 1; id <= kernel.LevelCount; id++)
        {
            long count = kernel.CountOfId[id];
            bits -= product[(int)count];
            squares += count * count;
        }
        double n = kernel.Count;
        return (bits * _log.Unit / n, squares / (n * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(Span<float> values)
    {
        if (values.Length > 64)
        {
            values.Sort();
            return;
        }
        for (int i = 1; i < values.Length; i++)
        {
            float v = values[i];
            int k = i;
            for (; k > 0 && values[k - 1] > v; k--)
                values[k] = values[k - 1];
            values[k] = v;
        }
    }
}
