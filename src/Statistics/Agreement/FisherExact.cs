using HccPipeline.Statistics.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Fisher's exact test of a 2 × 2 table; <see cref="FreemanHaltonTest"/> takes larger ones.</summary>
/// <param name="P">Two-sided p-value: the sum of all probabilities at most (1 + 10⁻⁷) times the observed one.</param>
/// <param name="PLess">One-sided p-value, odds ratio below 1.</param>
/// <param name="PGreater">One-sided p-value, odds ratio above 1.</param>
/// <param name="OddsRatio">Conditional maximum-likelihood odds ratio (not ad/bc); 0 or +∞ at the end of the support, null when a margin is 0.</param>
/// <param name="Lower">Exact lower confidence limit.</param>
/// <param name="Upper">Exact upper confidence limit.</param>
/// <remarks>Source: Fisher, J R Stat Soc 1935;98:39; limits as Cornfield, Proc Third Berkeley Symp 1956;4:135.</remarks>
public sealed record FisherExact(double P, double PLess, double PGreater, double? OddsRatio, double? Lower, double? Upper)
{
    private const double TieSlack = 1 + 1e-7;

    /// <summary>Tests the table [[a, b], [c, d]].</summary>
    /// <param name="a">Row 1, column 1.</param>
    /// <param name="b">Row 1, column 2.</param>
    /// <param name="c">Row 2, column 1.</param>
    /// <param name="d">Row 2, column 2.</param>
    /// <param name="level">Confidence level.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static FisherExact Test(int a, int b, int c, int d, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfNegative(d);
        Require.Level(level);
        Support s = new(a, a + c, b + d, a + b);
        double[] p = s.Probabilities(0);
        double observed = p[a - s.Low], two = p.Where(v => v <= observed * TieSlack).Sum();
        double less = p.AsSpan(0, a - s.Low + 1).ToArray().Sum(), greater = p.AsSpan(a - s.Low).ToArray().Sum();
        two = Math.Min(1, two);
        if (s.Low == s.High) return new FisherExact(1, 1, 1, null, null, null);
        double alpha = (1 - level) / 2;
        double odds = a == s.Low ? 0 : a == s.High ? double.PositiveInfinity : Math.Exp(Support.Solve(t => s.Mean(t) - a));
        double lower = a == s.Low ? 0 : Math.Exp(Support.Solve(t => s.Upper(t, a) - alpha));
        double upper = a == s.High ? double.PositiveInfinity : Math.Exp(Support.Solve(t => s.Lower(t, a) - alpha));
        return new FisherExact(two, Math.Min(1, less), Math.Min(1, greater), odds, lower, upper);
    }

    /// <summary>The noncentral hypergeometric distribution of the first cell.</summary>
    /// <param name="Observed">Observed first cell.</param>
    /// <param name="M">First column total.</param>
    /// <param name="N">Second column total.</param>
    /// <param name="K">First row total.</param>
    private sealed record Support(int Observed, int M, int N, int K)
    {
        public int Low => Math.Max(0, K - N);

        public int High => Math.Min(K, M);

        public double[] Probabilities(double logOdds)
        {
            double[] p = new double[High - Low + 1];
            double max = double.NegativeInfinity, sum = 0;
            for (int i = 0; i < p.Length; i++)
            {
                int x = Low + i;
                p[i] = SpecialFunctions.BinomialLn(M, x) + SpecialFunctions.BinomialLn(N, K - x) + (logOdds * x);
                max = Math.Max(max, p[i]);
            }
            for (int i = 0; i < p.Length; i++) sum += p[i] = Math.Exp(p[i] - max);
            for (int i = 0; i < p.Length; i++) p[i] /= sum;
            return p;
        }

        public double Mean(double logOdds)
        {
            double mean = 0;
            double[] p = Probabilities(logOdds);
            for (int i = 0; i < p.Length; i++) mean += p[i] * (Low + i);
            return mean;
        }

        public double Upper(double logOdds, int x) => Probabilities(logOdds).AsSpan(x - Low).ToArray().Sum();

        public double Lower(double logOdds, int x) => Probabilities(logOdds).AsSpan(0, x - Low + 1).ToArray().Sum();

        // Monotone in the log odds: widen until the sign changes, then close in.
        public static double Solve(Func<double, double> f)
        {
            double reach = 4;
            while (Math.Sign(f(-reach)) == Math.Sign(f(reach)) && reach < 4096) reach *= 2;
            return Brent.FindRoot(f, -reach, reach, accuracy: 1e-14, maxIterations: 500);
        }
    }
}
