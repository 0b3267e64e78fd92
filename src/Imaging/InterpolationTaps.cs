namespace HccPipeline.Imaging;

/// <summary>Voxels and weights of one axis at a fractional coordinate.</summary>
internal static class InterpolationTaps
{
    internal static int Count(Interpolation kind) => kind switch
    {
        Interpolation.Nearest => 1,
        Interpolation.Linear => 2,
        Interpolation.CubicSpline => 4,
        Interpolation.Gaussian => GaussianTaps.Count,
        Interpolation.LabelGaussian => GaussianTaps.LabelCount,
        _ => WindowedSincTaps.Count,
    };

    /// <summary>Fills indices and weights. Beyond its ends an axis is continued by its last voxel, for splines by reflection.</summary>
    internal static void At(double c, Interpolation kind, int size, Span<int> index, Span<double> weight)
    {
        switch (kind)
        {
            case Interpolation.Nearest:
                index[0] = Math.Clamp((int)Math.Floor(c + 0.5), 0, size - 1);
                weight[0] = 1;
                break;
            case Interpolation.Linear:
                int below = (int)Math.Floor(c);
                (index[0], index[1]) = (Math.Clamp(below, 0, size - 1), Math.Clamp(below + 1, 0, size - 1));
                (weight[0], weight[1]) = (1 - (c - below), c - below);
                break;
            case Interpolation.CubicSpline:
                CubicSpline(c, size, index, weight);
                break;
            case Interpolation.Gaussian or Interpolation.LabelGaussian:
                GaussianTaps.At(c, kind, size, index, weight);
                break;
            default:
                WindowedSincTaps.At(c, kind, size, index, weight);
                break;
        }
    }

    private static void CubicSpline(double c, int size, Span<int> index, Span<double> weight)
    {
        int below = (int)Math.Floor(c);
        double t = c - below, u = 1 - t;
        weight[0] = u * u * u / 6;
        weight[1] = 2.0 / 3 - t * t * (2 - t) / 2;
        weight[2] = 2.0 / 3 - u * u * (2 - u) / 2;
        weight[3] = t * t * t / 6;
        for (int k = 0; k < 4; k++)
            index[k] = Reflect(below - 1 + k, size);
    }

    private static int Reflect(int i, int size)
    {
        if (size == 1)
            return 0;
        int period = 2 * (size - 1), r = ((i % period) + period) % period;
        return r < size ? r : period - r;
    }
}
