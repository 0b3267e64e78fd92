using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Survival;

/// <summary>Cox proportional-hazards regression by Newton's method on the partial likelihood.</summary>
/// <remarks>Source: Cox, J R Stat Soc B 1972;34:187–220. Each iteration is one pass, O(n p²), after one sort.</remarks>
public static class CoxRegression
{
    private const int MaxIterations = 60;
    private const double Collinear = 1e-9;

    /// <summary>Fits the model.</summary>
    /// <param name="time">Follow-up times, finite, not negative.</param>
    /// <param name="status">1 event, 0 censored; at least one event.</param>
    /// <param name="x">Covariates, rows × columns, row-major, finite.</param>
    /// <param name="names">Name of each column, at least one.</param>
    /// <param name="ties">Handling of tied events.</param>
    /// <param name="level">Confidence level of the hazard ratios.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of range (row named), there is no event, or a column is constant
    /// or a linear combination of the columns before it (column named).</exception>
    public static CoxFit Fit(
        ReadOnlySpan<double> time,
        ReadOnlySpan<double> status,
        ReadOnlySpan<double> x,
        IReadOnlyList<string> names,
        TieMethod ties = TieMethod.Efron,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(names);
        Require.Level(level);
        int p = names.Count, n = time.Length;
        FollowUp data = FollowUp.From(time, status);
        int events = data.IsEvent.AsSpan().Count(true);
        if (events == 0) throw new ArgumentException("Column 'status' has no event: no hazard can be compared.", nameof(status));
        if (p == 0) throw new ArgumentException("A Cox model needs at least one covariate.", nameof(names));
        Require.SameLength(n * p, x.Length, nameof(x));
        double[] sorted = Standardise(data, x, names, out double[] sd);

        PartialLikelihood likelihood = new(data, sorted, p, ties);
        double[] beta = new double[p];
        likelihood.Evaluate(beta);
        double atNull = likelihood.LogLikelihood;
        double[] step = SymmetricSystem.Factor(likelihood.Information, p, Collinear, names).Solve(likelihood.Score);
        double scoreTest = Dot(step, likelihood.Score);
        bool[] infinite = Maximise(likelihood, beta, step, names);

        SymmetricSystem information = SymmetricSystem.Factor(likelihood.Information, p, 0, names);
        double[] covariance = information.Inverse();
        ImmutableArray<double> linearPredictor = LinearPredictor(x, beta, sd);
        double wald = Dot(beta, Multiply(likelihood.Information, beta));
        return new CoxFit(
            Terms(beta, covariance, sd, infinite, names, level),
            Unscale(covariance, sd),
            atNull,
            likelihood.LogLikelihood,
            ChiSquared(2 * (likelihood.LogLikelihood - atNull), p),
            ChiSquared(wald, p),
            ChiSquared(scoreTest, p),
            linearPredictor,
            Concordance.Of(data, linearPredictor.AsSpan()),
            n,
            events,
            ties);
    }

    // Covariates in sorted order with mean 0 and variance 1: exp(xβ) stays in range and collinearity shows in the pivots.
    private static double[] Standardise(FollowUp data, ReadOnlySpan<double> x, IReadOnlyList<string> names, out double[] sd)
    {
        int n = data.Length, p = names.Count;
        sd = new double[p];
        double[] mean = new double[p];
        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i])) throw new ArgumentException($"Column '{names[i % p]}', row {(i / p) + 1}: {x[i]} is not a finite number.", nameof(x));
            mean[i % p] += x[i];
        }
        for (int j = 0; j < p; j++) mean[j] /= n;
        double[] sorted = new double[x.Length];
        for (int i = 0; i < n; i++)
        {
            int from = data.Order[i] * p;
            for (int j = 0; j < p; j++)
            {
                double d = x[from + j] - mean[j];
                sorted[(i * p) + j] = d;
                sd[j] += d * d;
            }
        }
        for (int j = 0; j < p; j++)
        {
            sd[j] = Math.Sqrt(sd[j] / n);
            if (!(sd[j] > 1e-12 * Math.Abs(mean[j]))) throw new ArgumentException($"Column '{names[j]}' is constant.", nameof(x));
            for (int i = j; i < sorted.Length; i += p) sorted[i] /= sd[j];
        }
        return sorted;
    }

    // Newton with halved steps. Where the likelihood has stopped rising and a standardised coefficient still moves, it has no maximum.
    private static bool[] Maximise(PartialLikelihood likelihood, double[] beta, double[] step, IReadOnlyList<string> names)
    {
        int p = beta.Length;
        double[] trial = new double[p];
        bool[] infinite = new bool[p];
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double before = likelihood.LogLikelihood, rounding = 1e-13 * (1 + Math.Abs(before));
            double scale = 1;
            for (int half = 0; half < 40; half++, scale /= 2)
            {
                for (int j = 0; j < p; j++) trial[j] = beta[j] + (scale * step[j]);
                likelihood.Evaluate(trial);
                if (likelihood.LogLikelihood >= before - rounding) break;
            }
            trial.CopyTo(beta, 0);
            double moved = 0;
            for (int j = 0; j < p; j++) moved = Math.Max(moved, Math.Abs(scale * step[j]));
            bool level = Math.Abs(likelihood.LogLikelihood - before) <= 1e-10 * (1 + Math.Abs(before));
            if (level && moved > 0.01)
            {
                for (int j = 0; j < p; j++) infinite[j] = Math.Abs(scale * step[j]) > 0.01;
                return infinite;
            }
            // Newton's error is squared by each step: after one this small it is below rounding.
            if (moved < 1e-7) return infinite;
            step = SymmetricSystem.Factor(likelihood.Information, p, 0, names).Solve(likelihood.Score);
        }
        return infinite;
    }

    private static ImmutableArray<CoxTerm> Terms(
        double[] beta, double[] covariance, double[] sd, bool[] infinite, IReadOnlyList<string> names, double level)
    {
        double bound = Tails.NormalBound(level);
        CoxTerm[] terms = new CoxTerm[beta.Length];
        for (int j = 0; j < terms.Length; j++)
        {
            double b = beta[j] / sd[j], se = Math.Sqrt(covariance[(j * terms.Length) + j]) / sd[j], z = b / se;
            terms[j] = new CoxTerm(
                names[j], b, se, Math.Exp(b), Math.Exp(b - (bound * se)), Math.Exp(b + (bound * se)), z, Tails.NormalTwoSided(z), infinite[j]);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(terms);
    }

    private static ImmutableArray<double> Unscale(double[] covariance, double[] sd)
    {
        double[] original = new double[covariance.Length];
        for (int k = 0; k < original.Length; k++) original[k] = covariance[k] / (sd[k / sd.Length] * sd[k % sd.Length]);
        return ImmutableCollectionsMarshal.AsImmutableArray(original);
    }

    private static ImmutableArray<double> LinearPredictor(ReadOnlySpan<double> x, double[] beta, double[] sd)
    {
        int p = beta.Length;
        double[] lp = new double[x.Length / p];
        for (int i = 0; i < lp.Length; i++)
        {
            for (int j = 0; j < p; j++) lp[i] += x[(i * p) + j] * (beta[j] / sd[j]);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(lp);
    }

    private static ModelTest ChiSquared(double statistic, int df) => new(statistic, df, Tails.ChiSquaredUpper(statistic, df));

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++) sum += a[j] * b[j];
        return sum;
    }

    private static double[] Multiply(double[] matrix, double[] v)
    {
        double[] product = new double[v.Length];
        for (int i = 0; i < v.Length; i++)
        {
            for (int j = 0; j < v.Length; j++) product[i] += matrix[(i * v.Length) + j] * v[j];
        }
        return product;
    }
}
