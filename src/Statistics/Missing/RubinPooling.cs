using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Missing;

/// <summary>A coefficient pooled over completed data sets.</summary>
/// <param name="Coefficient">Mean of the estimates.</param>
/// <param name="StandardError">√(mean variance + (1 + 1/m)·variance between the estimates).</param>
/// <param name="DegreesOfFreedom">Of Student's distribution; infinite where the estimates do not differ.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Lower">Lower limit at the confidence level of the fits.</param>
/// <param name="Upper">Upper limit.</param>
public sealed record PooledEstimate(double Coefficient, double StandardError, double DegreesOfFreedom, double PValue, double Lower, double Upper);

/// <summary>Rubin's rules for logistic models fitted to several completed data sets.</summary>
/// <remarks>Source: Rubin, Multiple Imputation for Nonresponse in Surveys, 1987, chapter 3; ν = (m − 1)(1 + W/((1 + 1/m)B))².</remarks>
public static class RubinPooling
{
    /// <summary>Pools the terms of m fits.</summary>
    /// <param name="fits">Fits of the same columns, at least one; a single one is returned as it is.</param>
    /// <returns>One estimate per term, the intercept first.</returns>
    /// <exception cref="UnusableDataException">There is no fit, or the fits have different terms or aliased columns.</exception>
    public static PooledEstimate[] Pool(IReadOnlyList<LogisticFit> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        if (fits.Count == 0) throw new UnusableDataException("There is no fit to pool.");
        LogisticFit first = fits[0];
        if (fits.Any(f => !f.Names.SequenceEqual(first.Names) || f.Aliased.Length > 0))
            throw new UnusableDataException("Only fits of the same columns, none of them aliased, can be pooled.");
        return [.. Enumerable.Range(0, first.Coefficients.Length).Select(t => fits.Count == 1 ? Single(first, t) : Pool(fits, t))];
    }

    private static PooledEstimate Single(LogisticFit fit, int t) =>
        new(fit.Coefficients[t], fit.StandardErrors[t], double.PositiveInfinity, fit.PValues[t], fit.Lower[t], fit.Upper[t]);

    private static PooledEstimate Pool(IReadOnlyList<LogisticFit> fits, int t)
    {
        int m = fits.Count;
        double mean = fits.Sum(f => f.Coefficients[t]) / m, within = fits.Sum(f => f.StandardErrors[t] * f.StandardErrors[t]) / m;
        double between = (1 + (1.0 / m)) * fits.Sum(f => (f.Coefficients[t] - mean) * (f.Coefficients[t] - mean)) / (m - 1);
        double se = Math.Sqrt(within + between), ratio = 1 + (within / between), df = (m - 1) * ratio * ratio, level = fits[0].ConfidenceLevel;
        // A thousand million degrees of freedom are the normal distribution, to rounding.
        bool isNormal = !(df < 1e9);
        double half = se * (isNormal ? Tails.NormalBound(level) : Tails.StudentBound(level, df));
        double p = isNormal ? Tails.NormalTwoSided(mean / se) : Tails.StudentTwoSided(mean / se, df);
        return new PooledEstimate(mean, se, isNormal ? double.PositiveInfinity : df, p, mean - half, mean + half);
    }
}
