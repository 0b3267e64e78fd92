using System.Numerics;

namespace HccPipeline.Radiomics;

/// <summary>Percentiles by linear interpolation between order statistics: position (n − 1)·p/100 in the sorted values.</summary>
public static class Percentiles
{
    /// <summary>Percentile of ascending values.</summary>
    /// <param name="sorted">Values in ascending order, at least one.</param>
    /// <param name="percent">0…100.</param>
    public static double OfSorted<T>(ReadOnlySpan<T> sorted, double percent) where T : INumberBase<T>
    {
        double at = (sorted.Length - 1) * (percent / 100);
        int below = (int)at;
        if (below >= sorted.Length - 1)
            return double.CreateChecked(sorted[^1]);
        double low = double.CreateChecked(sorted[below]), high = double.CreateChecked(sorted[below + 1]);
        double t = at - below;
        // From the nearer side, so that t = 1 gives the upper value exactly.
        return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
    }
}
