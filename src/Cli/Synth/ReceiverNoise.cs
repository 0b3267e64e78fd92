using MathNet.Numerics.Distributions;

namespace HccPipeline.Cli.Synth;

/// <summary>Noise of a magnitude image: Gaussian in the real and the imaginary channel (Rician magnitude).</summary>
internal static class ReceiverNoise
{
    private const int Levels = 1 << 16;

    // Quantiles of the normal distribution: one draw of 64 bits gives four deviates, fast enough for a few hundred million voxels.
    private static readonly float[] Quantiles = MakeQuantiles();

    /// <summary>Adds noise of the given standard deviation per channel, in place.</summary>
    public static void Add(Span<float> signal, float deviation, RandomSource random)
    {
        ReadOnlySpan<float> quantiles = Quantiles;
        for (int i = 0; i + 1 < signal.Length; i += 2)
        {
            ulong bits = random.NextBits();
            signal[i] = Magnitude(signal[i], deviation * quantiles[(int)(bits & 0xFFFF)], deviation * quantiles[(int)(bits >> 16 & 0xFFFF)]);
            signal[i + 1] = Magnitude(signal[i + 1], deviation * quantiles[(int)(bits >> 32 & 0xFFFF)], deviation * quantiles[(int)(bits >> 48)]);
        }
        if ((signal.Length & 1) == 1)
        {
            ulong bits = random.NextBits();
            signal[^1] = Magnitude(signal[^1], deviation * quantiles[(int)(bits & 0xFFFF)], deviation * quantiles[(int)(bits >> 16 & 0xFFFF)]);
        }
    }

    /// <summary>One standard normal deviate.</summary>
    public static float Next(RandomSource random) => Quantiles[(int)(random.NextBits() >> 48)];

    private static float Magnitude(float signal, float real, float imaginary) =>
        MathF.Sqrt((signal + real) * (signal + real) + imaginary * imaginary);

    private static float[] MakeQuantiles()
    {
        float[] quantiles = new float[Levels];
        for (int i = 0; i < Levels; i++)
            quantiles[i] = (float)Normal.InvCDF(0, 1, (i + 0.5) / Levels);
        return quantiles;
    }
}
