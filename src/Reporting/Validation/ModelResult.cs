using System.Text.Json.Serialization;

namespace HccPipeline.Reporting.Validation;

/// <summary>One of the three models: how it was selected, what it says, how well it does.</summary>
public sealed record ModelResult
{
    /// <summary><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Selection by the LASSO.</summary>
    public required SelectionResult Selection { get; init; }

    /// <summary>Intercept, log odds.</summary>
    public required double Intercept { get; init; }

    /// <summary><c>maximum-likelihood</c>, or <c>firth</c> where the classes are separated.</summary>
    public required string FitMethod { get; init; }

    /// <summary>Predictors of the multivariable logistic regression.</summary>
    public required IReadOnlyList<PredictorRow> Predictors { get; init; }

    /// <summary>Discrimination.</summary>
    public required DiscriminationResult Discrimination { get; init; }

    /// <summary>Brier score.</summary>
    public required double Brier { get; init; }

    /// <summary>1 − Brier over its value for the prevalence alone.</summary>
    public required double ScaledBrier { get; init; }

    /// <summary>Calibration on the snapshot; null when every patient has the same prediction, or the predictors separate the classes.</summary>
    public required CalibrationResult? Calibration { get; init; }

    /// <summary>Net benefit over threshold probabilities.</summary>
    public required IReadOnlyList<DecisionPoint> DecisionCurve { get; init; }

    /// <summary>The same of patients left out; absent where their scores were not kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HeldOutResult? HeldOut { get; init; }

    /// <summary>The models as they do on patients left out, those whose scores were kept.</summary>
    public static IReadOnlyList<ModelResult> LeftOut(IEnumerable<ModelResult> models) =>
    [
        .. from m in models
           let left = m.HeldOut
           where left is not null
           select m with { Brier = left!.Brier, ScaledBrier = left.ScaledBrier, Calibration = left.Calibration, DecisionCurve = left.DecisionCurve },
    ];
}

/// <summary>How a model does on patients whom it had not seen: selection and fit were done again without the patients of each fold, and their scores taken as
/// those of one model. Its AUC is <see cref="DiscriminationResult.CrossValidated"/>.</summary>
/// <param name="Brier">Brier score.</param>
/// <param name="ScaledBrier">1 − Brier over its value for the prevalence alone.</param>
/// <param name="Calibration">Calibration; null when every patient has the same prediction.</param>
/// <param name="DecisionCurve">Net benefit over threshold probabilities.</param>
public sealed record HeldOutResult(double Brier, double ScaledBrier, CalibrationResult? Calibration, IReadOnlyList<DecisionPoint> DecisionCurve);

/// <summary>The LASSO path and its cross-validation; arrays run along λ, descending.</summary>
public sealed record SelectionResult
{
    /// <summary>Number of candidates offered.</summary>
    public required int Candidates { get; init; }

    /// <summary>Candidates left out before the LASSO, with the reason.</summary>
    public required IReadOnlyList<ExcludedRow> Excluded { get; init; }

    /// <summary>Candidates offered with filled values, and how many patients lack them; absent where nothing was filled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ImputedRow>? Imputed { get; init; }

    /// <summary>Penalties λ on the standardised scale.</summary>
    public required IReadOnlyList<double> Lambda { get; init; }

    /// <summary>Cross-validated mean binomial deviance.</summary>
    public required IReadOnlyList<double> MeanDeviance { get; init; }

    /// <summary>Standard error of the mean deviance.</summary>
    public required IReadOnlyList<double> StandardError { get; init; }

    /// <summary>Number of coefficients other than zero.</summary>
    public required IReadOnlyList<int> NonZero { get; init; }

    /// <summary>λ of the smallest mean deviance.</summary>
    public required double LambdaMin { get; init; }

    /// <summary>Largest λ within one standard error of it.</summary>
    public required double Lambda1Se { get; init; }

    /// <summary>The rule that was used: <c>lambda.1se</c> or <c>lambda.min</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>What the rule selected.</summary>
    public required IReadOnlyList<string> Selected { get; init; }

    /// <summary>Coefficients per standard deviation along λ: the selected candidates, then those with the largest coefficients, 150 at most.</summary>
    public required IReadOnlyList<CoefficientPath> Paths { get; init; }
}

/// <summary>A candidate that was not offered to the LASSO.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Reason">Why.</param>
public sealed record ExcludedRow(string Name, string Reason);

/// <summary>A candidate with filled values.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Patients">Patients who lack it.</param>
public sealed record ImputedRow(string Name, int Patients);

/// <summary>A candidate's coefficient along the path.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Values">Coefficient per standard deviation at each λ.</param>
public sealed record CoefficientPath(string Name, IReadOnlyList<double> Values);

/// <summary>A predictor of the multivariable model.</summary>
public sealed record PredictorRow
{
    /// <summary>Feature name.</summary>
    public required string Name { get; init; }

    /// <summary>Log odds ratio per unit.</summary>
    public required double Beta { get; init; }

    /// <summary>Standard error of <see cref="Beta"/>.</summary>
    public required double StandardError { get; init; }

    /// <summary>Odds ratio per unit with its 95% Wald interval.</summary>
    public required Estimate OddsRatio { get; init; }

    /// <summary>Odds ratio per standard deviation with its 95% Wald interval.</summary>
    public required Estimate OddsRatioPerSd { get; init; }

    /// <summary>Wald p-value, two-sided.</summary>
    public required double PValue { get; init; }

    /// <summary>Smallest value in the snapshot.</summary>
    public required double Minimum { get; init; }

    /// <summary>Largest value in the snapshot.</summary>
    public required double Maximum { get; init; }
}

/// <summary>How well a model tells progression from disease control.</summary>
public sealed record DiscriminationResult
{
    /// <summary>Apparent AUC with its DeLong interval.</summary>
    public required Estimate Auc { get; init; }

    /// <summary>AUC of the whole process, selection included, on the patients left out of each fold.</summary>
    public required double CrossValidatedAuc { get; init; }

    /// <summary>The same with the DeLong interval of the scores of patients left out; null where these scores were not kept.</summary>
    public required Estimate? CrossValidated { get; init; }

    /// <summary>Empirical ROC curve: X = 1 − specificity, Y = sensitivity, from (0, 0) to (1, 1).</summary>
    public required IReadOnlyList<CurvePoint> Roc { get; init; }

    /// <summary>The rule behind the risk groups: high risk when the probability reaches the Youden threshold.</summary>
    public required OperatingRow OperatingPoint { get; init; }
}

/// <summary>What a threshold does; proportions with Wilson intervals.</summary>
/// <param name="Threshold">Probability of progression.</param>
/// <param name="Sensitivity">Share of progressions called high risk.</param>
/// <param name="Specificity">Share of disease controls called low risk.</param>
/// <param name="PositivePredictiveValue">Share of progressions among high risk; null when nobody is.</param>
/// <param name="NegativePredictiveValue">Share of disease controls among low risk; null when nobody is.</param>
/// <param name="Accuracy">Share called right.</param>
public sealed record OperatingRow(
    double Threshold,
    Estimate? Sensitivity,
    Estimate? Specificity,
    Estimate? PositivePredictiveValue,
    Estimate? NegativePredictiveValue,
    Estimate? Accuracy);

/// <summary>Agreement of predicted and observed risk.</summary>
public sealed record CalibrationResult
{
    /// <summary>Calibration in the large: intercept with the slope fixed at 1.</summary>
    public required double Intercept { get; init; }

    /// <summary>Calibration slope.</summary>
    public required double Slope { get; init; }

    /// <summary>Hosmer–Lemeshow χ²; null when too few distinct predictions.</summary>
    public required double? HosmerLemeshow { get; init; }

    /// <summary>Its degrees of freedom.</summary>
    public required int? HosmerLemeshowDf { get; init; }

    /// <summary>Its p-value.</summary>
    public required double? HosmerLemeshowP { get; init; }

    /// <summary>Groups of patients by predicted risk.</summary>
    public required IReadOnlyList<CalibrationGroup> Groups { get; init; }

    /// <summary>Smooth curve (lowess): X = predicted, Y = observed.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }
}

/// <summary>Patients with similar predicted risk.</summary>
/// <param name="Patients">Patients.</param>
/// <param name="Events">Progressions.</param>
/// <param name="MeanPredicted">Mean predicted probability.</param>
/// <param name="Observed">Observed share with its Wilson interval.</param>
public sealed record CalibrationGroup(int Patients, int Events, double MeanPredicted, Estimate Observed);

/// <summary>Net benefit at one threshold probability.</summary>
/// <param name="Threshold">Threshold probability.</param>
/// <param name="Model">Net benefit of treating by the model.</param>
/// <param name="TreatAll">Net benefit of treating everyone.</param>
public sealed record DecisionPoint(double Threshold, double Model, double TreatAll);

/// <summary>DeLong's test of two models on the same patients.</summary>
/// <param name="First">First model.</param>
/// <param name="Second">Second model.</param>
/// <param name="Difference">AUC of the first minus AUC of the second, with its 95% interval.</param>
/// <param name="Z">Standard normal statistic.</param>
/// <param name="PValue">Two-sided p-value.</param>
public sealed record AucComparison(string First, string Second, Estimate Difference, double Z, double PValue);
