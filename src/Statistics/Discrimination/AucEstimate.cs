namespace HccPipeline.Statistics.Discrimination;

/// <summary>Area under an ROC curve with its DeLong standard error and two confidence intervals.</summary>
/// <param name="Auc">Area under the curve, 0 to 1.</param>
/// <param name="Variance">DeLong variance; 0 when the classes are perfectly separated.</param>
/// <param name="StandardError">Square root of the variance.</param>
/// <param name="Lower">Lower Wald limit, clipped to [0, 1].</param>
/// <param name="Upper">Upper Wald limit, clipped to [0, 1].</param>
/// <param name="LogitLower">Lower limit on the logit scale; null where the AUC is 0 or 1, which has no logit.</param>
/// <param name="LogitUpper">Upper limit on the logit scale; null where the AUC is 0 or 1.</param>
/// <param name="Cases">Rows with y = 1.</param>
/// <param name="Controls">Rows with y = 0.</param>
/// <param name="Level">Confidence level of both intervals.</param>
public sealed record AucEstimate(
    double Auc,
    double Variance,
    double StandardError,
    double Lower,
    double Upper,
    double? LogitLower,
    double? LogitUpper,
    int Cases,
    int Controls,
    double Level);

/// <summary>DeLong's test of two models on the same patients.</summary>
/// <param name="Difference">AUC of the first score minus AUC of the second.</param>
/// <param name="Lower">Lower limit of the difference.</param>
/// <param name="Upper">Upper limit of the difference.</param>
/// <param name="Z">Standard normal statistic; 0 when both the difference and its variance are 0.</param>
/// <param name="P">Two-sided p-value.</param>
/// <param name="First">Estimate of the first score.</param>
/// <param name="Second">Estimate of the second score.</param>
/// <param name="Covariance">Covariance of the two AUCs.</param>
public sealed record PairedAucTest(
    double Difference, double Lower, double Upper, double Z, double P, AucEstimate First, AucEstimate Second, double Covariance);

/// <summary>DeLong's test of two independent cohorts.</summary>
/// <param name="Difference">AUC of the first cohort minus AUC of the second.</param>
/// <param name="Lower">Lower limit of the difference (Student).</param>
/// <param name="Upper">Upper limit of the difference (Student).</param>
/// <param name="Statistic">Difference over its standard error.</param>
/// <param name="DegreesOfFreedom">Welch–Satterthwaite degrees of freedom; +∞ where both variances are 0.</param>
/// <param name="P">Two-sided p-value from Student's t.</param>
/// <param name="PNormal">Two-sided p-value from the normal distribution.</param>
/// <param name="First">Estimate of the first cohort.</param>
/// <param name="Second">Estimate of the second cohort.</param>
public sealed record UnpairedAucTest(
    double Difference,
    double Lower,
    double Upper,
    double Statistic,
    double DegreesOfFreedom,
    double P,
    double PNormal,
    AucEstimate First,
    AucEstimate Second);
