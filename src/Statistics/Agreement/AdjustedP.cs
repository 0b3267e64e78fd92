namespace HccPipeline.Statistics.Agreement;

/// <summary>Adjustment of p-values for multiple tests; results in the order given.</summary>
/// <remarks>Sources: Holm, Scand J Stat 1979;6:65; Benjamini and Hochberg, J R Stat Soc B 1995;57:289.</remarks>
public static class AdjustedP
{
    /// <summary>Bonferroni: p·m, at most 1.</summary>
    /// <param name="p">p-values in [0, 1].</param>
    /// <exception cref="ArgumentException">A value is not a probability (position named).</exception>
    public static double[] Bonferroni(ReadOnlySpan<double> p)
    {
        Check(p);
        double[] adjusted = new double[p.Length];
        for (int i = 0; i < p.Length; i++) adjusted[i] = Math.Min(1, p[i] * p.Length);
        return adjusted;
    }

    /// <summary>Holm's step-down adjustment (family-wise error).</summary>
    /// <inheritdoc cref="Bonferroni"/>
    public static double[] Holm(ReadOnlySpan<double> p)
    {
        int[] order = Ascending(p);
        double[] adjusted = new double[p.Length];
        double running = 0;
        for (int k = 0; k < order.Length; k++)
        {
            running = Math.Max(running, (p.Length - k) * p[order[k]]);
            adjusted[order[k]] = Math.Min(1, running);
        }
        return adjusted;
    }

    /// <summary>Benjamini and Hochberg's step-up adjustment (false discovery rate).</summary>
    /// <inheritdoc cref="Bonferroni"/>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> p)
    {
        int[] order = Ascending(p);
        double[] adjusted = new double[p.Length];
        double running = 1;
        for (int k = order.Length - 1; k >= 0; k--)
        {
            running = Math.Min(running, p[order[k]] * p.Length / (k + 1));
            adjusted[order[k]] = running;
        }
        return adjusted;
    }

    private static int[] Ascending(ReadOnlySpan<double> p)
    {
        Check(p);
        double[] keys = p.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        return order;
    }

    private static void Check(ReadOnlySpan<double> p)
    {
        for (int i = 0; i < p.Length; i++)
        {
            if (!(p[i] is >= 0 and <= 1)) throw new ArgumentException($"p-value {i + 1}: {p[i]} is not between 0 and 1.", nameof(p));
        }
    }
}
