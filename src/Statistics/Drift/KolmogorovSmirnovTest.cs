namespace HccPipeline.Statistics.Drift;

/// <summary>Two-sample Kolmogorov–Smirnov test.</summary>
/// <param name="D">Largest gap of the two distribution functions.</param>
/// <param name="PExact">Exact p-value given the ties; null when m·n is above ten million and the lattice would be too large.</param>
/// <param name="PAsymptotic">Limit p-value, the full series.</param>
/// <param name="P">Exact below m·n = 10,000, otherwise asymptotic.</param>
/// <remarks>Sources: Smirnov 1939; exact distribution by lattice paths with ties as Schröer and Trenkler, Comput Stat Data Anal 1995;20:185.</remarks>
public sealed record KolmogorovSmirnovTest(double D, double? PExact, double PAsymptotic, double P)
{
    private const long ExactByDefaultBelow = 10_000;
    private const long ExactLimit = 10_000_000;

    /// <summary>Tests two samples.</summary>
    /// <param name="a">First sample, finite.</param>
    /// <param name="b">Second sample, finite.</param>
    /// <exception cref="ArgumentException">A sample is empty or a value is not finite (row named).</exception>
    public static KolmogorovSmirnovTest Test(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        (double[] x, double[] y) = DistributionDistance.Sorted(a, b);
        double d = DistributionDistance.Largest(x, y);
        long cells = (long)x.Length * y.Length;
        double? exact = cells <= ExactLimit ? Exact(x, y, d) : null;
        double asymptotic = Series(d * Math.Sqrt((double)cells / (x.Length + y.Length)));
        return new KolmogorovSmirnovTest(d, exact, asymptotic, cells < ExactByDefaultBelow ? exact!.Value : asymptotic);
    }

    // Q(z) = 2 Σ (−1)^(k−1) exp(−2k²z²); for small z the theta-function form 1 − √(2π)/z Σ exp(−(2k−1)²π²/(8z²)) converges instead.
    private static double Series(double z)
    {
        if (z <= 0) return 1;
        double sum = 0;
        if (z < 0.5)
        {
            for (int k = 1; k < 20; k++) sum += Math.Exp(-((2 * k) - 1) * ((2 * k) - 1) * Math.PI * Math.PI / (8 * z * z));
            return Math.Clamp(1 - (Math.Sqrt(2 * Math.PI) / z * sum), 0, 1);
        }
        for (int k = 1; k < 40; k++) sum += (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * z * z);
        return Math.Clamp(2 * sum, 0, 1);
    }

    // Share of orderings of the pooled sample whose gap reaches D at a place where a run of ties ends. Going from both samples used up
    // back to none, each cell holds the probability of having met such a place; the last value drawn is from the first sample with
    // probability i/(i + j).
    private static double Exact(double[] x, double[] y, double d)
    {
        int m = x.Length, n = y.Length;
        double[] pooled = [.. x, .. y];
        Array.Sort(pooled);
        bool[] runEnds = new bool[m + n + 1];
        for (int k = 1; k <= m + n; k++) runEnds[k] = k == m + n || pooled[k - 1] != pooled[k];
        // Gaps are multiples of 1/(mn): half a unit below D separates "reached" from "not reached" whatever the rounding.
        double reached = d - (0.5 / ((double)m * n));
        double[] met = new double[n + 1];
        for (int i = 0; i <= m; i++)
        {
            for (int j = 0; j <= n; j++)
            {
                if (runEnds[i + j] && Math.Abs(((double)i / m) - ((double)j / n)) >= reached) met[j] = 1;
                else if (i == 0) met[j] = j == 0 ? 0 : met[j - 1];
                else if (j > 0) met[j] = (met[j] * i / (i + j)) + (met[j - 1] * j / (i + j));
            }
        }
        return met[n];
    }
}
