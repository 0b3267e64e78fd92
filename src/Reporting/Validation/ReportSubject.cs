using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.Reporting.Validation;

/// <summary>What a report is made from.</summary>
/// <param name="ModelVersion">Version number, from 1.</param>
/// <param name="ModelSha256">SHA-256 of the model document.</param>
/// <param name="Model">The trained version.</param>
/// <param name="Snapshot">The cohort it was trained on.</param>
public sealed record ReportSubject(int ModelVersion, string ModelSha256, ModelDocument Model, CohortSnapshot Snapshot)
{
    /// <summary>Who is in the snapshot and who is not; null when it was taken before snapshots had manifests.</summary>
    public SnapshotManifest? Manifest { get; init; }

    /// <summary>SHA-256 of the manifest, its blob key.</summary>
    public string? ManifestSha256 { get; init; }

    /// <summary>Canonical form of the extraction profile; null when the registry does not hold it.</summary>
    public string? ProfileJson { get; init; }

    /// <summary>Scores of the patients by models trained without them; null for versions from before these were kept.</summary>
    public HeldOutDocument? HeldOut { get; init; }

    /// <summary>What the version was trained in spite of; null where all guards held.</summary>
    public GuardOverride? Override { get; init; }

    /// <summary>Bootstrap resamples behind the correction for optimism; 0 for none.</summary>
    public int Replicates { get; init; }
}
