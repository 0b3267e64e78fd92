namespace HccPipeline.Imaging;

/// <summary>Weights of a Gaussian, integrated over each voxel: differences of the error function at the voxels' edges.</summary>
internal static class GaussianTaps
{
    /// <summary>Most voxels within 4 · 0.8 to either side.</summary>
    internal const int Count = 8;

    /// <summary>Most voxels within 1 to either side.</summary>
    internal const int LabelCount = 3;

    /// <summary>Fills indices and weights; voxels beyond the image have none, and the weights of a plain Gaussian add up to 1.</summary>
    internal static void At(double c, Interpolation kind, int size, Span<int> index, Span<double> weight)
    {
        (double sigma, double reach) = kind == Interpolation.Gaussian ? (0.8, 3.2) : (1.0, 1.0);
        int first = Math.Max(0, (int)Math.Floor(c + 0.5 - reach)), end = Math.Min(size, (int)Math.Ceiling(c + 0.5 + reach));
        double scale = 1 / (Math.Sqrt(2) * sigma), sum = 0;
        for (int k = 0; k < index.Length; k++)
        {
            int i = first + k;
            index[k] = Math.Clamp(i, 0, size - 1);
            weight[k] = i < end ? Erf((i + 0.5 - c) * scale) - Erf((i - 0.5 - c) * scale) : 0;
            sum += weight[k];
        }
        for (int k = 0; kind == Interpolation.Gaussian && k < index.Length; k++)
            weight[k] /= sum;
    }

    /// <summary>2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹/(2n + 1)!!: all terms of one sign, so that none cancel; by basic operations alone, for the same bits everywhere.</summary>
    internal static double Erf(double x)
    {
        double square = x * x;
        if (square > 36)
            return Math.Sign(x);
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * square / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * NegativeExponential(square) * sum;
    }

    /// <summary>e^(−x) by its series at x/64, squared six times.</summary>
    private static double NegativeExponential(double x)
    {
        double small = -x / 64, term = 1, sum = 1;
        for (int n = 1; n < 24; n++)
        {
            term *= small / n;
            sum += term;
        }
        for (int k = 0; k < 6; k++)
            sum *= sum;
        return sum;
    }
}
