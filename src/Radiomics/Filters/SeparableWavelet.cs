using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Wavelet families with separable filters.</summary>
public enum WaveletFamily
{
    /// <summary>Haar.</summary>
    Haar,

    /// <summary>Daubechies with two vanishing moments.</summary>
    Daubechies2,

    /// <summary>Coiflet with two vanishing moments.</summary>
    Coiflet1,
}

/// <summary>Stationary (undecimated) separable wavelet transform (IBSI 2: 25BO).</summary>
public static class SeparableWavelet
{
    /// <summary>Response of one sub-band.</summary>
    /// <param name="image">Image.</param>
    /// <param name="family">Wavelet.</param>
    /// <param name="band">L or H along x, y and z, such as <c>LHL</c>.</param>
    /// <param name="level">Decomposition level, 1 or more; lower levels are low-passed first.</param>
    /// <param name="boundary">Continuation beyond the edge.</param>
    /// <param name="pooling">Pooling over right-angled rotations.</param>
    /// <exception cref="ArgumentException">The band is not three of L and H, or the level is below 1.</exception>
    public static Volume<float> Apply(
        Volume<float> image, WaveletFamily family, string band, int level, Boundary boundary, Pooling pooling = Pooling.None)
    {
        if (band.Length != 3 || band.Any(c => c is not ('L' or 'H')))
            throw new ArgumentException($"'{band}' is not three of L and H.", nameof(band));
        if (level < 1)
            throw new ArgumentException($"Decomposition level {level} does not exist; the first is 1.", nameof(level));
        double[] low = LowPass(family);
        Kernel l = Convolution(low), h = Convolution(HighPass(low));
        List<Kernel[]> stages = [];
        for (int j = 1; j < level; j++)
            stages.Add([l.Dilated(j), l.Dilated(j), l.Dilated(j)]);
        stages.Add([.. band.Select(c => (c == 'L' ? l : h).Dilated(level))]);
        Geometry g = image.Geometry;
        return SeparableFilter.ToVolume(RotationPooling.Apply(SeparableFilter.Doubles(image), g, stages, boundary, pooling, planar: false), g);
    }

    /// <summary>Decomposition low-pass filters by their closed forms; Σ = √2.</summary>
    private static double[] LowPass(WaveletFamily family)
    {
        double r2 = Math.Sqrt(2), r3 = Math.Sqrt(3), r7 = Math.Sqrt(7);
        return family switch
        {
            WaveletFamily.Haar => [1 / r2, 1 / r2],
            WaveletFamily.Daubechies2 => [(1 - r3) / (4 * r2), (3 - r3) / (4 * r2), (3 + r3) / (4 * r2), (1 + r3) / (4 * r2)],
            _ =>
            [
                (r7 - 3) / (16 * r2), (1 - r7) / (16 * r2), (14 - 2 * r7) / (16 * r2), (14 + 2 * r7) / (16 * r2), (5 + r7) / (16 * r2), (1 - r7) / (16 * r2),
            ],
        };
    }

    /// <summary>Quadrature mirror: the low-pass reversed with alternating signs.</summary>
    private static double[] HighPass(double[] low) =>
        [.. low.Reverse().Select((w, k) => int.IsEvenInteger(k) ? -w : w)];

    private static Kernel Convolution(double[] w) => Kernel.Centred(w).Reversed();
}
