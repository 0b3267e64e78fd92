namespace HccPipeline.Persistence.Cohort;

/// <summary>Whether a patient can be in a snapshot.</summary>
/// <param name="Pseudonym">Pseudonym.</param>
/// <param name="CenterCode">Code of the centre.</param>
/// <param name="WaitingFor">What is missing, in words; null when nothing is.</param>
public sealed record PatientReadiness(string Pseudonym, string CenterCode, string? WaitingFor);
