using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Correlation with a product of three one-dimensional kernels.</summary>
internal static class SeparableFilter
{
    /// <summary>Filters along x, y and z in turn, in double.</summary>
    internal static double[] Apply(ReadOnlySpan<double> image, Geometry grid, Kernel x, Kernel y, Kernel z, Boundary boundary)
    {
        double[] result = image.ToArray();
        Along(result, grid.SizeX, 1, grid.VoxelCount, grid.SizeX, 1, x, boundary);
        Along(result, grid.SizeY, grid.SizeX, grid.VoxelCount, grid.SizeX * grid.SizeY, grid.SizeX, y, boundary);
        Along(result, grid.SizeZ, grid.SizeX * grid.SizeY, grid.SizeX * grid.SizeY, grid.VoxelCount, grid.SizeX * grid.SizeY, z, boundary);
        return result;
    }

    /// <summary>Values of a volume as doubles.</summary>
    internal static double[] Doubles(Volume<float> image)
    {
        double[] values = new double[image.Voxels.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = image.Voxels[i];
        return values;
    }

    /// <summary>Values as a volume on a grid.</summary>
    internal static Volume<float> ToVolume(ReadOnlySpan<double> values, Geometry grid)
    {
        Volume<float> volume = new(grid);
        for (int i = 0; i < values.Length; i++)
            volume.Voxels[i] = (float)values[i];
        return volume;
    }

    /// <summary>Lines of n values at a stride begin at every offset below <paramref name="inner"/> in every block.</summary>
    private static void Along(double[] v, int n, int stride, int end, int block, int inner, Kernel kernel, Boundary boundary)
    {
        if (kernel == Kernel.Identity)
            return;
        double[] w = kernel.Weights;
        double[] extended = new double[n + w.Length - 1];
        int[] source = [.. Enumerable.Range(0, extended.Length).Select(i => Boundaries.Index(i - kernel.Origin, n, boundary))];
        for (int start = 0; start < end; start += block)
        {
            for (int offset = start; offset < start + inner; offset++)
            {
                for (int i = 0; i < extended.Length; i++)
                    extended[i] = source[i] < 0 ? 0 : v[offset + source[i] * stride];
                for (int i = 0; i < n; i++)
                {
                    double sum = 0;
                    for (int k = 0; k < w.Length; k++)
                        sum += w[k] * extended[i + k];
                    v[offset + i * stride] = sum;
                }
            }
        }
    }
}
