namespace HccPipeline.Reporting.Figures;

/// <summary>A linear map from data to picture.</summary>
internal readonly record struct Scale(double DataFrom, double DataTo, double PictureFrom, double PictureTo)
{
    public double this[double value] => PictureFrom + ((value - DataFrom) / (DataTo - DataFrom) * (PictureTo - PictureFrom));

    public double Clamped(double value) => this[Math.Clamp(value, Math.Min(DataFrom, DataTo), Math.Max(DataFrom, DataTo))];
}

/// <summary>Round places for ticks.</summary>
internal static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten inside [from, to], about <paramref name="target"/> of them.</summary>
    public static double[] Between(double from, double to, int target = 6)
    {
        if (!(to > from)) return [from];
        double raw = (to - from) / target;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        long first = (long)Math.Ceiling((from / step) - 1e-9), last = (long)Math.Floor((to / step) + 1e-9);
        double[] ticks = new double[last - first + 1];
        for (int i = 0; i < ticks.Length; i++)
            ticks[i] = Tidy((first + i) * step);
        return ticks;
    }

    /// <summary>A tick's label: as many decimals as the step needs, a true minus sign.</summary>
    public static string Label(double value) => value.ToString("0.######").Replace('-', '−');

    private static double Tidy(double value) => Math.Round(value, 10) + 0.0;
}
