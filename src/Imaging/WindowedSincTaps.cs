namespace HccPipeline.Imaging;

/// <summary>Weights of a sinc function under a window of five voxels to each side (Meijering et al., Medical Image Analysis 3:1, 1999).
/// As in SimpleITK the weights are not scaled to a sum of 1.</summary>
internal static class WindowedSincTaps
{
    internal const int Count = 2 * Radius;
    private const int Radius = 5;

    /// <summary>Fills indices and weights; the image continues by its last voxel.</summary>
    internal static void At(double c, Interpolation window, int size, Span<int> index, Span<double> weight)
    {
        int below = (int)Math.Floor(c);
        double t = c - below;
        for (int k = 0; k < Count; k++)
        {
            int offset = k - Radius + 1;
            index[k] = Math.Clamp(below + offset, 0, size - 1);
            weight[k] = t == 0 ? (offset == 0 ? 1 : 0) : Window(window, t - offset) * Sinc(t - offset);
        }
    }

    private static double Window(Interpolation kind, double x) => kind switch
    {
        Interpolation.HammingSinc => 0.54 + 0.46 * CosineOfTurns(x / (2 * Radius)),
        Interpolation.CosineSinc => CosineOfTurns(x / (4 * Radius)),
        Interpolation.WelchSinc => 1 - x * x / (Radius * Radius),
        Interpolation.LanczosSinc => Sinc(x / Radius),
        Interpolation.BlackmanSinc => 0.42 + 0.5 * CosineOfTurns(x / (2 * Radius)) + 0.08 * CosineOfTurns(x / Radius),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a windowed sinc function."),
    };

    private static double Sinc(double x) => x == 0 ? 1 : CosineOfTurns(x / 2 - 0.25) / (Math.PI * x);

    /// <summary>cos(2πx) by its series within an eighth of a turn of 0, reached by whole and half turns: the same bits everywhere.</summary>
    private static double CosineOfTurns(double x)
    {
        x = Math.Abs(x - Math.Round(x));
        int sign = 1;
        if (x > 0.25)
            (x, sign) = (0.5 - x, -1);
        // Sine of what is left to a quarter turn keeps its digits where the cosine goes to 0.
        return sign * (x <= 0.125 ? Series(2 * Math.PI * x, 1, 0) : Series(2 * Math.PI * (0.25 - x), 2 * Math.PI * (0.25 - x), 1));
    }

    /// <summary>Alternating series of the cosine (first 1, odd 0) or the sine (first x, odd 1).</summary>
    private static double Series(double x, double first, int odd)
    {
        double term = first, sum = first;
        for (int n = 1; n < 12; n++)
        {
            term *= -x * x / ((2 * n - 1 + odd) * (2 * n + odd));
            sum += term;
        }
        return sum;
    }
}
