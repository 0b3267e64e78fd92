using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Statistics.Calibration;

/// <summary>The measures that a validation follows.</summary>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="Intercept">Intercept of y on the linear predictor, fitted with the slope; null where it does not exist.</param>
/// <param name="Slope">Calibration slope; null where the linear predictor is constant or separates the classes.</param>
/// <param name="Brier">Mean squared error of the probabilities.</param>
public sealed record ModelPerformance(double Auc, double? Intercept, double? Slope, double Brier)
{
    /// <summary>Measures linear predictors against outcomes.</summary>
    /// <param name="linearPredictor">Finite linear predictors, logit scale.</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1 (row named), or one class is absent.</exception>
    public static ModelPerformance Of(ReadOnlySpan<double> linearPredictor, ReadOnlySpan<double> y)
    {
        double auc = RocCurve.Compute(linearPredictor, y).Auc;
        InterceptAndSlope? fit = LogitRecalibration.Fit(linearPredictor, y);
        double squares = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double e = Math.Exp(-Math.Abs(linearPredictor[i]));
            double p = linearPredictor[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
            squares += (y[i] - p) * (y[i] - p);
        }
        return new ModelPerformance(auc, fit?.Intercept.Coefficient, fit?.Slope.Coefficient, squares / y.Length);
    }
}
