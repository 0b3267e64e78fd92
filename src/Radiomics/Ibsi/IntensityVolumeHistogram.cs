namespace HccPipeline.Radiomics;

/// <summary>IBSI's intensity-volume histogram family (P88C): ν(g) is the share of voxels with at least the intensity g.</summary>
internal static class IntensityVolumeHistogram
{
    /// <summary>Most steps of the histogram.</summary>
    private const int MaxSteps = 10_000_000;

    /// <summary>Values in the catalogue's order: V10, V90, I10, I90, V10 − V90, I10 − I90, area under the curve.</summary>
    /// <param name="values">Intensities, or centres of their bins.</param>
    /// <param name="lowest">First intensity of the axis.</param>
    /// <param name="highest">Last intensity of the axis.</param>
    /// <param name="step">Distance of intensities on the axis.</param>
    /// <exception cref="RegionException">Empty or not finite, or more steps than can be kept.</exception>
    internal static double[] Features(ReadOnlySpan<float> values, double lowest, double highest, double step)
    {
        _ = IntensityRange.Of(values);
        double count = Math.Round((highest - lowest) / step) + 1;
        if (!(count <= MaxSteps))
            throw new RegionException($"The intensity-volume histogram would have {count:G6} steps, more than {MaxSteps}; choose a coarser discretisation.");
        int steps = (int)count;
        // Voxels by the first axis intensity above them: those have less than it.
        long[] below = new long[steps + 1];
        foreach (float v in values)
            below[(int)Math.Clamp(Math.Floor((v - lowest) / step + 1e-9) + 1, 0, steps)]++;
        double[] share = new double[steps];
        long lower = 0;
        for (int k = 0; k < steps; k++)
        {
            lower += below[k];
            share[k] = 1 - (double)lower / values.Length;
        }
        double VolumeAt(double fraction)
        {
            int k = (int)Math.Ceiling(fraction * (steps - 1) - 1e-9);
            return share[Math.Min(k, steps - 1)];
        }
        double IntensityAt(double fraction)
        {
            int k = Array.FindIndex(share, v => v <= fraction);
            return lowest + (k < 0 ? steps : k) * step;
        }
        double v10 = VolumeAt(0.1), v90 = VolumeAt(0.9), i10 = IntensityAt(0.1), i90 = IntensityAt(0.9), area = 0;
        for (int k = 1; k < steps; k++)
            area += (share[k - 1] + share[k]) / 2 / (steps - 1);
        return [v10, v90, i10, i90, v10 - v90, i10 - i90, steps > 1 ? area : 1];
    }
}
