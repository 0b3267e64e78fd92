using HccPipeline.Statistics.Linear;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace HccPipeline.Statistics.Logistic;

/// <summary>Logistic regression by maximum likelihood or by Firth's penalised likelihood.</summary>
public static class LogisticRegression
{
    /// <summary>Steps after which a fit that still moves is looked at for separation. Without separation Newton's method is
    /// done long before; with it, the direction is settled to rounding by then.</summary>
    private const int StepsBeforeSuspicion = 30;

    /// <summary>Fits the model logit P(y = 1) = b₀ + x·b + offset.</summary>
    /// <param name="x">n×p predictors, finite; no intercept column.</param>
    /// <param name="y">n outcomes, 0 or 1, both present.</param>
    /// <param name="options">How to fit; null: <see cref="LogisticOptions.Default"/>.</param>
    /// <returns>Estimates on the scale of x.</returns>
    /// <exception cref="UnusableDataException">Input that cannot be fitted; the message names the column or row.</exception>
    /// <exception cref="SeparatedDataException">The classes are separated and <see cref="LogisticOptions.OnSeparation"/> refuses.</exception>
    /// <remarks>Iteratively reweighted least squares (McCullagh and Nelder 1989, 4.4); Firth (1993), Biometrika 80:27, with the
    /// Fisher information as step matrix.</remarks>
    public static LogisticFit Fit(DesignMatrix x, ReadOnlySpan<double> y, LogisticOptions? options = null)
    {
        options ??= LogisticOptions.Default;
        LogisticValidation.Require(x, y, options);
        double[] outcome = y.ToArray();
        OrthonormalBasis basis = OrthonormalBasis.Of(x, Enumerable.Range(0, x.ColumnCount + 1));
        if (options.Estimator == LogisticEstimator.Firth) return FitFirth(x, outcome, options, basis, separation: null);

        NewtonLogistic newton = new(basis, outcome, options.Weights, options.Offset, isFirth: false);
        if (newton.Run(Math.Min(StepsBeforeSuspicion, options.MaxIterations))) return Describe(x, outcome, options, basis, newton, null);
        if (SeparationCheck.Find(basis, newton, x, outcome, options.Weights) is { } separation)
        {
            return options.OnSeparation == SeparationHandling.UseFirth
                ? FitFirth(x, outcome, options, basis, separation)
                : throw new SeparatedDataException(separation);
        }
        if (newton.Run(options.MaxIterations)) return Describe(x, outcome, options, basis, newton, null);
        throw new UnusableDataException($"No convergence in {newton.Iterations} steps, and no separation to explain it.");
    }

    private static LogisticFit FitFirth(DesignMatrix x, double[] y, LogisticOptions options, OrthonormalBasis basis, Separation? separation)
    {
        NewtonLogistic newton = new(basis, y, options.Weights, options.Offset, isFirth: true);
        if (!newton.Run(options.MaxIterations))
            throw new UnusableDataException($"Firth's estimator did not converge in {newton.Iterations} steps.");
        return Describe(x, y, options with { Estimator = LogisticEstimator.Firth }, basis, newton, separation);
    }

    private static LogisticFit Describe(DesignMatrix x, double[] y, LogisticOptions options, OrthonormalBasis basis,
        NewtonLogistic newton, Separation? separation)
    {
        double[,] covariance = basis.CovarianceOfTerms(newton.Covariance());
        double[] kept = (double[])newton.Coefficients.Clone();
        basis.ToTerms(kept);

        int terms = x.ColumnCount + 1;
        double z = Normal.InvCDF(0, 1, 1 - ((1 - options.ConfidenceLevel) / 2));
        double[] b = Missing(terms), se = Missing(terms), score = Missing(terms), p = Missing(terms), lower = Missing(terms), upper = Missing(terms);
        for (int k = 0; k < kept.Length; k++)
        {
            int t = basis.Kept[k];
            b[t] = kept[k];
            se[t] = Math.Sqrt(covariance[k, k]);
            score[t] = b[t] / se[t];
            p[t] = SpecialFunctions.Erfc(Math.Abs(score[t]) / Constants.Sqrt2);
            lower[t] = b[t] - (z * se[t]);
            upper[t] = b[t] + (z * se[t]);
        }
        return new LogisticFit
        {
            Names = [.. Enumerable.Range(0, terms).Select(t => NameOf(x, t))],
            Coefficients = b, StandardErrors = se, ZValues = score, PValues = p, Lower = lower, Upper = upper,
            ConfidenceLevel = options.ConfidenceLevel, Covariance = covariance,
            ColumnDeviations = [.. Enumerable.Range(0, x.ColumnCount).Select(j => Deviation(x.Column(j)))],
            Aliased = Array.ConvertAll(basis.Aliased, t => t - 1),
            LogLikelihood = newton.LogLikelihood,
            NullLogLikelihood = NullLogLikelihood(x, y, options),
            PenalisedLogLikelihood = newton.LogLikelihood + newton.HalfLogDeterminantHere() + basis.LogDeterminant,
            RowCount = x.RowCount, Iterations = newton.Iterations, Estimator = options.Estimator, Separation = separation,
        };
    }

    private static double NullLogLikelihood(DesignMatrix x, double[] y, LogisticOptions options)
    {
        NewtonLogistic intercept = new(OrthonormalBasis.Of(x, [0]), y, options.Weights, options.Offset, isFirth: false);
        return intercept.Run(options.MaxIterations)
            ? intercept.LogLikelihood
            : throw new UnusableDataException("The intercept alone does not converge: the offset is too extreme.");
    }

    internal static string NameOf(DesignMatrix x, int term) => term == 0 ? "(Intercept)" : x.ColumnNames?[term - 1] ?? $"x{term}";

    private static double Deviation(ReadOnlySpan<double> column)
    {
        double mean = 0, squares = 0;
        foreach (double v in column) mean += v / column.Length;
        foreach (double v in column) squares += (v - mean) * (v - mean);
        return Math.Sqrt(squares / (column.Length - 1));
    }

    private static double[] Missing(int length)
    {
        double[] values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }
}
