using System.Collections.Immutable;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Survival;

/// <summary>Time scale on which a changing effect is looked for.</summary>
public enum TimeTransform
{
    /// <summary>1 − Kaplan–Meier just before each event; the default.</summary>
    KaplanMeier,

    /// <summary>Time itself.</summary>
    Identity,

    /// <summary>Natural logarithm of time; times must be positive.</summary>
    Log,
}

/// <summary>Test whether one coefficient changes with time.</summary>
/// <param name="Name">Covariate, or "GLOBAL".</param>
/// <param name="ChiSquared">Score statistic; null where x·g(t) carries no information beyond x, as when all events share one time.</param>
/// <param name="DegreesOfFreedom">1, or the number of covariates for the global test.</param>
/// <param name="P">p-value; small when hazards are not proportional; null as above.</param>
public sealed record ProportionalityTest(string Name, double? ChiSquared, int DegreesOfFreedom, double? P);

/// <summary>Check of the proportional-hazards assumption: the score test of adding x·g(t) to the model.</summary>
/// <remarks>Source: Grambsch and Therneau, Biometrika 1994;81:515–526, in the exact score form of survival ≥ 3 (cox.zph).</remarks>
public static class ProportionalHazards
{
    /// <summary>Tests each covariate and all together.</summary>
    /// <param name="time">Follow-up times, as given to the fit.</param>
    /// <param name="status">1 event, 0 censored.</param>
    /// <param name="x">Covariates, rows × columns, row-major, as given to the fit.</param>
    /// <param name="fit">The fitted model.</param>
    /// <param name="transform">Time scale.</param>
    /// <returns>One test per covariate, then the global one.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of range (row named), or a time is 0 on the log scale.</exception>
    public static ImmutableArray<ProportionalityTest> Check(
        ReadOnlySpan<double> time,
        ReadOnlySpan<double> status,
        ReadOnlySpan<double> x,
        CoxFit fit,
        TimeTransform transform = TimeTransform.KaplanMeier)
    {
        ArgumentNullException.ThrowIfNull(fit);
        FollowUp data = FollowUp.From(time, status);
        int p = fit.Terms.Length;
        Require.SameLength(time.Length * p, x.Length, nameof(x));
        double[] scale = Transform(data, transform);
        (double[] score, double[] information) = Extended(data, x, fit, scale);
        ImmutableArray<ProportionalityTest>.Builder tests = ImmutableArray.CreateBuilder<ProportionalityTest>(p + 1);
        for (int j = 0; j < p; j++) tests.Add(Test(fit.Terms[j].Name, [.. Enumerable.Range(0, p), p + j], 1));
        tests.Add(Test("GLOBAL", [.. Enumerable.Range(0, 2 * p)], p));
        return tests.ToImmutable();

        ProportionalityTest Test(string name, int[] kept, int df)
        {
            double[] u = [.. kept.Select(k => k < p ? 0 : score[k - p])];
            double[] block = [.. kept.SelectMany(a => kept.Select(b => information[(a * 2 * p) + b]))];
            if (SymmetricSystem.TryFactor(block, kept.Length, 1e-12, out _) is not { } system) return new ProportionalityTest(name, null, df, null);
            double[] solved = system.Solve(u);
            double chi = 0;
            for (int k = 0; k < u.Length; k++) chi += u[k] * solved[k];
            return new ProportionalityTest(name, chi, df, Tails.ChiSquaredUpper(chi, df));
        }
    }

    // g(t) at each sorted row, centred over the events: a constant shift changes no test and centring keeps the blocks well conditioned.
    private static double[] Transform(FollowUp data, TimeTransform transform)
    {
        double[] g = new double[data.Length];
        double survival = 1, sum = 0;
        int events = 0;
        for (int start = 0; start < data.Length;)
        {
            int end = start, deaths = 0;
            for (; end < data.Length && data.Time[end] == data.Time[start]; end++) deaths += data.IsEvent[end] ? 1 : 0;
            double t = data.Time[start];
            if (transform == TimeTransform.Log && t <= 0 && deaths > 0)
                throw new ArgumentException("A time of 0 has no logarithm.", nameof(transform));
            double value = transform switch
            {
                TimeTransform.KaplanMeier => 1 - survival,
                TimeTransform.Identity => t,
                _ => t > 0 ? Math.Log(t) : 0,
            };
            g.AsSpan(start, end - start).Fill(value);
            sum += deaths * value;
            events += deaths;
            survival *= (double)(data.Length - start - deaths) / (data.Length - start);
            start = end;
        }
        for (int i = 0; i < g.Length; i++) g[i] -= sum / events;
        return g;
    }

    // Score of the p time-varying effects at 0, and information of the p + p coefficients, at the fitted coefficients.
    private static (double[] Score, double[] Information) Extended(FollowUp data, ReadOnlySpan<double> x, CoxFit fit, double[] g)
    {
        int p = fit.Terms.Length, n = data.Length, q = 2 * p;
        double[] score = new double[p], information = new double[q * q], sorted = new double[n * p];
        double centre = fit.LinearPredictor.Average();
        double[] mean = new double[p];
        for (int i = 0; i < x.Length; i++) mean[i % p] += x[i] / n;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++) sorted[(i * p) + j] = x[(data.Order[i] * p) + j] - mean[j];
        }
        RiskSums risk = new(p), tied = new(p);
        for (int end = n - 1; end >= 0;)
        {
            int start = end, deaths = 0;
            tied.Clear();
            for (; start >= 0 && data.Time[start] == data.Time[end]; start--)
            {
                ReadOnlySpan<double> row = sorted.AsSpan(start * p, p);
                double w = Math.Exp(fit.LinearPredictor[data.Order[start]] - centre);
                risk.Add(row, w);
                if (!data.IsEvent[start]) continue;
                deaths++;
                tied.Add(row, w);
                for (int j = 0; j < p; j++) score[j] += g[end] * row[j];
            }
            for (int d = 0; d < deaths; d++)
            {
                double share = fit.Ties == TieMethod.Efron ? (double)d / deaths : 0;
                AddDeath(risk, tied, share, g[end], score, information);
            }
            end = start;
        }
        return (score, information);
    }

    private static void AddDeath(RiskSums risk, RiskSums tied, double share, double g, double[] score, double[] information)
    {
        int p = score.Length, q = 2 * p;
        double total = risk.Zero - (share * tied.Zero);
        for (int j = 0; j < p; j++)
        {
            double mj = (risk.First[j] - (share * tied.First[j])) / total;
            score[j] -= g * mj;
            for (int k = 0; k < p; k++)
            {
                double mk = (risk.First[k] - (share * tied.First[k])) / total;
                double v = ((risk.Second[(j * p) + k] - (share * tied.Second[(j * p) + k])) / total) - (mj * mk);
                information[(j * q) + k] += v;
                information[(j * q) + p + k] += g * v;
                information[((p + j) * q) + k] += g * v;
                information[((p + j) * q) + p + k] += g * g * v;
            }
        }
    }

    private sealed class RiskSums(int p)
    {
        public double Zero { get; private set; }

        public double[] First { get; } = new double[p];

        public double[] Second { get; } = new double[p * p];

        public void Add(ReadOnlySpan<double> row, double w)
        {
            Zero += w;
            for (int j = 0; j < p; j++)
            {
                First[j] += w * row[j];
                for (int k = 0; k < p; k++) Second[(j * p) + k] += w * row[j] * row[k];
            }
        }

        public void Clear()
        {
            Zero = 0;
            Array.Clear(First);
            Array.Clear(Second);
        }
    }
}
