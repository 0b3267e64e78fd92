namespace HccPipeline.Reporting.Views;

/// <summary>What a model in use says of a patient now.</summary>
/// <param name="Model"><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</param>
/// <param name="ModelVersion">The version.</param>
/// <param name="Probability">Probability of progression; null for a refusal.</param>
/// <param name="RiskGroup"><c>high</c> or <c>low</c>; null for a refusal.</param>
/// <param name="RiskThreshold">Probability that separates them; null for a refusal.</param>
/// <param name="Refusal">Which inputs are missing or outside the training range; null for a score.</param>
/// <param name="Inputs">The predictors; empty for a refusal.</param>
public sealed record PatientScore(
    string Model, int ModelVersion, double? Probability, string? RiskGroup, double? RiskThreshold, string? Refusal, IReadOnlyList<ScoreInput> Inputs);

/// <summary>A predictor of a score.</summary>
/// <param name="Name">Feature.</param>
/// <param name="Value">The patient's value.</param>
/// <param name="Minimum">Smallest value that the model was trained on.</param>
/// <param name="Maximum">Largest value that the model was trained on.</param>
/// <param name="Points">Points on the nomogram.</param>
public sealed record ScoreInput(string Name, double Value, double Minimum, double Maximum, double Points);

/// <summary>Asks the champion about patients; done by the room that owns the models.</summary>
public interface IPatientScoring
{
    /// <summary>Asks about one patient; nothing is stored.</summary>
    /// <returns>What each of the champion's models says; empty when there is no champion.</returns>
    Task<IReadOnlyList<PatientScore>> ScoreAsync(string pseudonym, CancellationToken ct);
}
