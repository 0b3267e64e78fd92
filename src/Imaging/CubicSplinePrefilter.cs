namespace HccPipeline.Imaging;

/// <summary>B-spline coefficients such that the cubic spline passes through the samples (Unser, IEEE Signal Processing Magazine 16:22, 1999):
/// a causal and an anticausal recursion with the pole √3 − 2, samples reflected at the ends.</summary>
internal static class CubicSplinePrefilter
{
    private static readonly double s_pole = Math.Sqrt(3) - 2;

    /// <summary>Samples of the reflected signal after which the pole's power is below a double's precision.</summary>
    private const int Horizon = 32;

    internal static double[] Coefficients(Volume<float> volume)
    {
        Geometry g = volume.Geometry;
        double[] c = new double[g.VoxelCount];
        ReadOnlySpan<float> v = volume.Voxels;
        for (int i = 0; i < c.Length; i++)
            c[i] = v[i];
        int slice = g.SizeX * g.SizeY;
        for (int line = 0; line < g.SizeY * g.SizeZ; line++)
            Line(c, line * g.SizeX, 1, g.SizeX);
        for (int z = 0; z < g.SizeZ; z++)
        {
            for (int x = 0; x < g.SizeX; x++)
                Line(c, z * slice + x, g.SizeX, g.SizeY);
        }
        for (int i = 0; i < slice; i++)
            Line(c, i, slice, g.SizeZ);
        return c;
    }

    private static void Line(double[] c, int start, int stride, int n)
    {
        if (n == 1)
            return;
        double z = s_pole, sum = 0, power = 1;
        const double gain = 6;
        int period = 2 * (n - 1);
        for (int k = 0; k < Horizon; k++, power *= z)
        {
            int r = k % period;
            sum += power * c[start + (r < n ? r : period - r) * stride];
        }
        c[start] = gain * sum;
        for (int k = 1; k < n; k++)
            c[start + k * stride] = gain * c[start + k * stride] + z * c[start + (k - 1) * stride];
        int last = start + (n - 1) * stride;
        c[last] = z / (z * z - 1) * (c[last] + z * c[last - stride]);
        for (int k = n - 2; k >= 0; k--)
            c[start + k * stride] = z * (c[start + (k + 1) * stride] - c[start + k * stride]);
    }
}
