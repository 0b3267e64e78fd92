using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>Likelihood-based indexes of a validation of predicted probabilities (Harrell's val.prob).</summary>
/// <param name="SomersD">Dxy = 2·AUC − 1.</param>
/// <param name="Auc">C index.</param>
/// <param name="NagelkerkeR2">R² of the predictions as they are.</param>
/// <param name="Discrimination">D = (LR − 1)/n, LR the likelihood-ratio χ² of the predictions as they are against the prevalence.</param>
/// <param name="DiscriminationChiSquared">LR.</param>
/// <param name="Unreliability">U = (χ² − 2)/n, χ² of intercept 0 and slope 1 against the recalibrated model.</param>
/// <param name="UnreliabilityChiSquared">That χ².</param>
/// <param name="UnreliabilityP">Its p-value on two degrees of freedom.</param>
/// <param name="Quality">Q = D − U.</param>
/// <remarks>Source: Harrell, Regression Modeling Strategies, 2nd edition, section 10.9; Miller, Hui and Tierney, Stat Med 1991;10:1213.</remarks>
public sealed record ValidationSummary(
    double SomersD,
    double Auc,
    double NagelkerkeR2,
    double Discrimination,
    double DiscriminationChiSquared,
    double Unreliability,
    double UnreliabilityChiSquared,
    double UnreliabilityP,
    double Quality)
{
    /// <summary>Computes the indexes.</summary>
    /// <param name="p">Probabilities strictly between 0 and 1.</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <returns>The indexes, or null when the recalibrated model has no maximum (see <see cref="LogitRecalibration.Fit"/>).</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of range (row named), or one class is absent.</exception>
    public static ValidationSummary? Compute(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        double[] lp = LogitRecalibration.Logits(p);
        if (LogitRecalibration.Fit(lp, y) is not { } fit) return null;
        double n = p.Length, prevalence = Require.BothClasses(y, nameof(y)) / n;
        double atNull = n * ((prevalence * Math.Log(prevalence)) + ((1 - prevalence) * Math.Log(1 - prevalence)));
        double asPredicted = LogitRecalibration.LogLikelihood(lp, y, 0, 1);
        double lr = 2 * (asPredicted - atNull), unreliable = 2 * (fit.LogLikelihood - asPredicted);
        double r2 = (1 - Math.Exp(-lr / n)) / (1 - Math.Exp(2 * atNull / n));
        double auc = RocCurve.Compute(p, y).Auc, d = (lr - 1) / n, u = (unreliable - 2) / n;
        return new ValidationSummary(
            (2 * auc) - 1, auc, r2, d, lr, u, unreliable, Tails.ChiSquaredUpper(unreliable, 2), d - u);
    }
}
