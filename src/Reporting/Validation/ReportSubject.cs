using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.Reporting.Validation;

/// <summary>What a report is made from.</summary>
/// <param name="ModelVersion">Version number, from 1.</param>
/// <param name="ModelSha256">SHA-256 of the model document.</param>
/// <param name="Model">The trained version.</param>
/// <param name="Snapshot">The cohort it was trained on.</param>
public sealed record ReportSubject(int ModelVersion, string ModelSha256, ModelDocument Model, CohortSnapshot Snapshot);
