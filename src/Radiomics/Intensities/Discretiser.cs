namespace HccPipeline.Radiomics;

/// <summary>Grey levels of a region.</summary>
/// <param name="Levels">Level of each voxel, 1…<paramref name="HighestLevel"/>, in the order of the intensities.</param>
/// <param name="HighestLevel">Ng: number of the highest level (levels below may be absent).</param>
public sealed record GreyLevels(int[] Levels, int HighestLevel);

/// <summary>Intensities to grey levels. Source: IBSI manual 2.7; for PyRadiomics its documented bin edges.</summary>
public static class Discretiser
{
    /// <summary>Largest grey level that texture matrices accept; finer bins say nothing about texture and cost the square of their number.</summary>
    public const int MaxLevels = 65_535;

    /// <summary>Discretises the intensities of a region.</summary>
    /// <param name="roi">Intensities inside the region; finite, at least one.</param>
    /// <param name="bins">The choice of bins.</param>
    /// <param name="convention">Whose bin edges.</param>
    /// <exception cref="RegionException">Empty region, intensities not finite, or more than <see cref="MaxLevels"/> levels.</exception>
    public static GreyLevels Discretise(ReadOnlySpan<float> roi, Discretisation bins, Convention convention)
    {
        (float min, float max) = IntensityRange.Of(roi);
        int[] levels = new int[roi.Length];
        return new(levels, Discretise(roi, min, max, bins, convention, levels));
    }

    /// <summary>Discretises some intensities of a region whose range is known, as where only a part of it is at hand.</summary>
    /// <param name="part">Intensities of the part, within the range.</param>
    /// <param name="min">Smallest intensity of the whole region.</param>
    /// <param name="max">Largest intensity of the whole region.</param>
    /// <param name="bins">The choice of bins.</param>
    /// <param name="convention">Whose bin edges.</param>
    /// <param name="levels">Receives the levels as they are in the whole region.</param>
    /// <returns>Highest level of the part.</returns>
    /// <exception cref="RegionException">More than <see cref="MaxLevels"/> levels.</exception>
    internal static int Discretise(
        ReadOnlySpan<float> part, float min, float max, Discretisation bins, Convention convention, Span<int> levels) =>
        (bins, convention) switch
        {
            ({ BinWidth: { } width }, Convention.PyRadiomics) => ByZeroAnchoredWidth(part, min, max, width, levels),
            ({ BinCount: { } count }, Convention.PyRadiomics) => ByRaisedLastEdge(part, min, max, count, levels),
            ({ BinWidth: { } width }, _) => ByWidth(part, bins.LowestEdge ?? min, max, width, levels),
            ({ BinCount: { } count }, _) => ByCount(part, min, max, count, levels),
            _ => AsTheyAre(part, min, max, levels),
        };

    /// <summary>IBSI fixed bin size: level = ⌊(x − lowest)/W⌋ + 1.</summary>
    private static int ByWidth(ReadOnlySpan<float> roi, double lowest, double max, double width, Span<int> levels)
    {
        RequireFewLevels((max - lowest) / width + 1);
        int highest = 1;
        for (int i = 0; i < levels.Length; i++)
        {
            int level = (int)Math.Floor((roi[i] - lowest) / width) + 1;
            if (level < 1)
                throw new RegionException($"An intensity of {roi[i]} lies below the first bin, which begins at {lowest}.");
            levels[i] = level;
            highest = Math.Max(highest, level);
        }
        return highest;
    }

    /// <summary>IBSI fixed bin number: level = ⌊N (x − min)/(max − min)⌋ + 1, the maximum in bin N; a constant region is level 1.</summary>
    private static int ByCount(ReadOnlySpan<float> roi, double min, double max, int count, Span<int> levels)
    {
        RequireFewLevels(count);
        for (int i = 0; i < levels.Length; i++)
            levels[i] = max == min ? 1 : Math.Min(count, (int)Math.Floor(count * (roi[i] - min) / (max - min)) + 1);
        return max == min ? 1 : count;
    }

    /// <summary>PyRadiomics' binWidth: edges at multiples of the width counted from zero; an intensity on an edge opens the next bin.</summary>
    private static int ByZeroAnchoredWidth(ReadOnlySpan<float> roi, double min, double max, double width, Span<int> levels)
    {
        double low = min - FloorModulo(min, width);
        RequireFewLevels((max - low) / width + 1);
        // Edges as an arithmetic progression from the first two in floating point, which decides where a value on an edge falls.
        double step = low + width - low;
        int highest = 1;
        for (int i = 0; i < levels.Length; i++)
        {
            int bin = (int)Math.Floor((roi[i] - low) / step);
            while (low + bin * step > roi[i]) bin--;
            while (low + (bin + 1) * step <= roi[i]) bin++;
            levels[i] = Math.Max(0, bin) + 1;
            highest = Math.Max(highest, levels[i]);
        }
        return highest;
    }

    /// <summary>PyRadiomics' binCount: equal bins, last edge raised by 1 so that the maximum falls inside; around a constant, ± ½.</summary>
    private static int ByRaisedLastEdge(ReadOnlySpan<float> roi, double min, double max, int count, Span<int> levels)
    {
        RequireFewLevels(count);
        if (min == max)
            (min, max) = (min - 0.5, max + 0.5);
        double step = (max - min) / count;
        int highest = 1;
        for (int i = 0; i < levels.Length; i++)
        {
            int bin = Math.Min(count - 1, (int)Math.Floor((roi[i] - min) / step));
            while (bin > 0 && min + bin * step > roi[i]) bin--;
            while (bin < count - 1 && min + (bin + 1) * step <= roi[i]) bin++;
            levels[i] = bin + 1;
            highest = Math.Max(highest, levels[i]);
        }
        return highest;
    }

    private static int AsTheyAre(ReadOnlySpan<float> roi, float min, float max, Span<int> levels)
    {
        if (min < 1)
            throw new RegionException($"Without discretisation intensities serve as grey levels and must be 1 or more; the lowest is {min}.");
        RequireFewLevels(max);
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = (int)roi[i];
            if (levels[i] != roi[i])
                throw new RegionException($"Without discretisation intensities serve as grey levels and must be whole numbers; one is {roi[i]}.");
        }
        return (int)max;
    }

    private static double FloorModulo(double x, double width)
    {
        double rest = Math.IEEERemainder(x, width);
        return rest < 0 ? rest + width : rest;
    }

    private static void RequireFewLevels(double levels)
    {
        if (levels > MaxLevels)
            throw new RegionException($"The discretisation gives {levels:F0} grey levels, more than {MaxLevels}; choose wider or fewer bins.");
    }
}
