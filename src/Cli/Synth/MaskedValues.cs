namespace HccPipeline.Cli.Synth;

/// <summary>Makes the values inside a mask have a planned mean and standard deviation.</summary>
internal static class MaskedValues
{
    /// <summary>Mean of the values inside the mask; NaN where it is empty.</summary>
    public static double Mean(ReadOnlySpan<float> values, ReadOnlySpan<byte> mask)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (mask[i] == 0) continue;
            sum += values[i];
            count++;
        }
        return sum / count;
    }

    /// <summary>Shifts and scales the values inside the mask to whole numbers of the given mean and standard deviation.</summary>
    /// <param name="values">Image.</param>
    /// <param name="mask">1 inside.</param>
    /// <param name="mean">Mean, reached within a rounding of the whole numbers.</param>
    /// <param name="deviation">Standard deviation, reached nearly: values below <paramref name="least"/> are raised to it.</param>
    /// <param name="least">Smallest value allowed.</param>
    public static void Standardise(Span<float> values, ReadOnlySpan<byte> mask, double mean, double deviation, double least)
    {
        double present = Mean(values, mask), squares = 0;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (mask[i] == 0) continue;
            squares += (values[i] - present) * (values[i] - present);
            count++;
        }
        if (count == 0)
            return;
        double scale = squares > 0 ? deviation / Math.Sqrt(squares / count) : 0;
        double raised = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (mask[i] == 0) continue;
            double value = mean + scale * (values[i] - present);
            raised += Math.Max(least - value, 0);
            values[i] = (float)Math.Max(value, least);
        }
        // What was raised is taken back from all, and each rounding is paid by the next voxel, so that the mean is exact.
        double debt = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (mask[i] == 0) continue;
            double wanted = values[i] - raised / count + debt;
            double stored = Math.Max(Math.Round(wanted), 0);
            debt = wanted - stored;
            values[i] = (float)stored;
        }
    }
}
