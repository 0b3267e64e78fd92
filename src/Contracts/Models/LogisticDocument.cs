using System.Text.Json.Serialization;

namespace HccPipeline.Contracts.Models;

/// <summary>A logistic regression: logit P(progression) = Intercept + Σ Beta·x.</summary>
public sealed record LogisticDocument
{
    /// <summary><c>maximum-likelihood</c>, or <c>firth</c> where the classes are separated.</summary>
    public required string Method { get; init; }

    /// <summary>Intercept, log odds.</summary>
    public required double Intercept { get; init; }

    /// <summary>Standard error of the intercept.</summary>
    public required double InterceptStandardError { get; init; }

    /// <summary>Predictors, in snapshot column order.</summary>
    public required IReadOnlyList<PredictorDocument> Predictors { get; init; }

    /// <summary>Log likelihood at the fit.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log likelihood of the intercept alone.</summary>
    public required double NullLogLikelihood { get; init; }
}

/// <summary>A predictor of a logistic regression.</summary>
public sealed record PredictorDocument
{
    /// <summary>Feature name.</summary>
    public required string Name { get; init; }

    /// <summary>Log odds ratio per unit.</summary>
    public required double Beta { get; init; }

    /// <summary>Standard error of <see cref="Beta"/>.</summary>
    public required double StandardError { get; init; }

    /// <summary>Wald p-value, two-sided.</summary>
    public required double PValue { get; init; }

    /// <summary>Odds ratio per unit.</summary>
    public required double OddsRatio { get; init; }

    /// <summary>Lower bound of the 95% Wald interval of the odds ratio.</summary>
    public required double OddsRatioLower { get; init; }

    /// <summary>Upper bound of the 95% Wald interval of the odds ratio.</summary>
    public required double OddsRatioUpper { get; init; }

    /// <summary>Odds ratio per standard deviation of the snapshot.</summary>
    public required double OddsRatioPerSd { get; init; }

    /// <summary>Smallest value in the snapshot; scoring below it is an extrapolation.</summary>
    public required double Minimum { get; init; }

    /// <summary>Largest value in the snapshot; scoring above it is an extrapolation.</summary>
    public required double Maximum { get; init; }
}

/// <summary>Performance of a model on its snapshot.</summary>
public sealed record SubmodelMetrics
{
    /// <summary>Apparent area under the ROC curve (higher score = progression).</summary>
    public required double Auc { get; init; }

    /// <summary>Lower bound of the 95% DeLong interval.</summary>
    public required double AucLower { get; init; }

    /// <summary>Upper bound of the 95% DeLong interval.</summary>
    public required double AucUpper { get; init; }

    /// <summary>AUC of the whole process (LASSO and refit inside each fold) on the patients left out.</summary>
    public required double CrossValidatedAuc { get; init; }

    /// <summary>Brier score.</summary>
    public required double Brier { get; init; }

    /// <summary>Probability that separates the high- from the low-risk group: the Youden threshold.</summary>
    public required double RiskThreshold { get; init; }

    /// <summary>More of the scores of patients left out; absent in versions from before these were kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HeldOutMetrics? HeldOut { get; init; }
}

/// <summary>How well the scores of patients by models trained without them agree with their outcomes.</summary>
public sealed record HeldOutMetrics
{
    /// <summary>Calibration in the large, log odds; absent where it has no maximum.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CalibrationInTheLarge { get; init; }

    /// <summary>Calibration slope; absent where it has no maximum, as when every patient has the same score.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CalibrationSlope { get; init; }

    /// <summary>Brier score.</summary>
    public required double Brier { get; init; }

    /// <summary>1 − Brier score over that of the share of progression: 0 says nothing, 1 everything.</summary>
    public required double ScaledBrier { get; init; }

    /// <summary>Share of those with progression at or above <see cref="SubmodelMetrics.RiskThreshold"/>.</summary>
    public required double Sensitivity { get; init; }

    /// <summary>Share of those without progression below it.</summary>
    public required double Specificity { get; init; }
}
