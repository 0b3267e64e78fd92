namespace HccPipeline.Statistics.Nomogram;

/// <summary>Axis ticks at round numbers that cover a range.</summary>
/// <remarks>The rule that R documents for <c>pretty</c>: the unit is 1, 2 or 5 times a power of ten, the one nearest the ideal cell with a
/// bias of 1.5 towards larger units (2.75 for the step from 2 to 5); the ticks cover the range.</remarks>
public static class PrettyTicks
{
    private const double HighBias = 1.5;
    private const double HighBiasFive = 0.5 + (1.5 * HighBias);
    private const double Slack = 1e-10;

    /// <summary>Ticks covering [<paramref name="low"/>, <paramref name="high"/>] in about <paramref name="cells"/> cells.</summary>
    /// <param name="low">Smallest value; finite.</param>
    /// <param name="high">Largest value; finite, at least <paramref name="low"/>. Equal ends give ticks around the value.</param>
    /// <param name="cells">Cells wanted, at least 1.</param>
    /// <exception cref="ArgumentException">The range is not finite or reversed.</exception>
    public static double[] Cover(double low, double high, int cells = 10)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low > high)
            throw new ArgumentException($"[{low}, {high}] is not a finite range.", nameof(low));
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        double unit = Unit(IdealCell(low, high, cells));
        double first = Math.Floor((low / unit) + Slack), last = Math.Ceiling((high / unit) - Slack);
        while (first * unit > low + (Slack * unit)) first--;
        while (last * unit < high - (Slack * unit)) last++;
        (first, last) = Widen(first, last, Math.Max(1, cells / 3), low == 0 && high != 0, high == 0 && low != 0);
        return Spread(first * unit, last * unit, (int)(last - first));
    }

    private static double IdealCell(double low, double high, int cells)
    {
        double range = high - low, magnitude = range == 0 && high == 0 ? 1 : Math.Max(Math.Abs(low), Math.Abs(high));
        double u = 1 + (HighBiasFive >= (1.5 * HighBias) + 0.5 ? 1 / (1 + HighBias) : 1.5 / (1 + HighBiasFive));
        bool negligible = range < magnitude * u * Math.Max(1, cells) * 2.220446049250313e-16 * 3;
        if (!negligible) return range / cells;
        double cell = magnitude > 10 ? 9 + (magnitude / 10) : magnitude;
        return cell * 0.75 / Math.Max(1, cells / 3);
    }

    private static double Unit(double cell)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(cell))), unit = power;
        if ((2 * power) - cell >= HighBias * (cell - unit)) return unit;
        unit = 2 * power;
        if ((5 * power) - cell >= HighBiasFive * (cell - unit)) return unit;
        unit = 5 * power;
        return (10 * power) - cell < HighBias * (cell - unit) ? 10 * power : unit;
    }

    // At least a third of the cells wanted, added evenly at both ends, the odd one towards zero; an end at zero stays there.
    private static (double First, double Last) Widen(double first, double last, int least, bool fromZero, bool toZero)
    {
        double missing = least - (last - first);
        if (missing <= 0) return (first, last);
        if (fromZero && first == 0) return (first, last + missing);
        if (toZero && last == 0) return (first - missing, last);
        double small = Math.Floor(missing / 2), large = missing - small;
        return first >= 0 ? (first - large, last + small) : (first - small, last + large);
    }

    private static double[] Spread(double from, double to, int cells)
    {
        double[] ticks = new double[cells + 1];
        double step = (to - from) / cells;
        for (int k = 0; k <= cells; k++)
        {
            double tick = k == cells ? to : from + (k * step);
            ticks[k] = Math.Abs(tick) < 1e-14 * step ? 0 : tick;
        }
        return ticks;
    }
}
