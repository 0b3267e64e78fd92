using HccPipeline.Statistics.Linear;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

namespace HccPipeline.Statistics.Logistic;

/// <summary>Confidence limits from the profile likelihood.</summary>
public static class ProfileLikelihood
{
    /// <summary>How far from the estimate, in standard errors, a limit is looked for before it is called infinite.</summary>
    private const double FurthestStandardErrors = 1000;

    /// <summary>Limits of one term: where twice the drop of the log-likelihood, maximised over the other terms, reaches the
    /// χ²₁ quantile.</summary>
    /// <param name="x">The predictors the model was fitted to.</param>
    /// <param name="y">Its outcomes.</param>
    /// <param name="fit">The maximum likelihood fit.</param>
    /// <param name="term">0 the intercept, j + 1 column j.</param>
    /// <param name="options">The options of the fit; null: defaults.</param>
    /// <returns>Exact limits (no interpolation), or ∓∞ where the likelihood never drops so far; NaN for an aliased column.</returns>
    /// <exception cref="UnusableDataException">The fit is not a maximum likelihood fit, or the term does not exist.</exception>
    /// <remarks>Venzon and Moolgavkar (1988), Appl Statist 37:87.</remarks>
    public static (double Lower, double Upper) Interval(
        DesignMatrix x, ReadOnlySpan<double> y, LogisticFit fit, int term, LogisticOptions? options = null)
    {
        options ??= LogisticOptions.Default;
        if (fit.Estimator != LogisticEstimator.MaximumLikelihood)
            throw new UnusableDataException("Profile limits are defined for maximum likelihood fits.");
        if (term < 0 || term > x.ColumnCount) throw new UnusableDataException($"There is no term {term}: the model has {x.ColumnCount + 1}.");
        if (fit.Aliased.Contains(term - 1)) return (double.NaN, double.NaN);
        Profile profile = new(x, y.ToArray(), fit, term, options);
        return (profile.Limit(-1), profile.Limit(1));
    }

    private sealed class Profile(DesignMatrix x, double[] y, LogisticFit fit, int term, LogisticOptions options)
    {
        private readonly OrthonormalBasis _others = OrthonormalBasis.Of(x, Enumerable.Range(0, x.ColumnCount + 1).Where(t => t != term));
        private readonly double[] _offset = new double[y.Length];
        private readonly double _quantile = ChiSquared.InvCDF(1, options.ConfidenceLevel);

        public double Limit(int side)
        {
            double estimate = fit.Coefficients[term], error = fit.StandardErrors[term];
            double inside = 0.1 * error, outside = 1.5 * error;
            while (Excess(estimate + (side * outside)) < 0)
            {
                inside = outside;
                outside *= 1.5;
                if (outside > FurthestStandardErrors * error) return side * double.PositiveInfinity;
            }
            double from = estimate + (side * inside), to = estimate + (side * outside);
            return Brent.FindRoot(Excess, Math.Min(from, to), Math.Max(from, to), 1e-13 * outside, 200);
        }

        private double Excess(double value)
        {
            for (int i = 0; i < y.Length; i++)
                _offset[i] = (options.Offset?[i] ?? 0) + (value * (term == 0 ? 1 : x.Column(term - 1)[i]));
            NewtonLogistic newton = new(_others, y, options.Weights, _offset, isFirth: false);
            if (!newton.Run(options.MaxIterations))
                throw new UnusableDataException($"The profile of {fit.Names[term]} does not converge at {value}.");
            return (2 * (fit.LogLikelihood - newton.LogLikelihood)) - _quantile;
        }
    }
}
