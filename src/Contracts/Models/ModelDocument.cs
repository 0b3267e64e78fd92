namespace HccPipeline.Contracts.Models;

/// <summary>
/// A trained model version: the triple of imaging, clinical and combined model with all that is needed to score a patient and to train it
/// again. The stored bytes are this record as canonical JSON; they hold no clock, no host and no version number, so that the same
/// snapshot, seed and code give the same bytes.
/// </summary>
public sealed record ModelDocument
{
    /// <summary>Layout of this document; grows when a reader has to know.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Layout number.</summary>
    public required int Schema { get; init; }

    /// <summary>Version of the program that trained.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>SHA-256 of the cohort snapshot (its Parquet file).</summary>
    public required string SnapshotSha256 { get; init; }

    /// <summary>SHA-256 of the extraction profile behind the imaging features.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Seed of the cross-validation folds.</summary>
    public required long Seed { get; init; }

    /// <summary>Patients in the snapshot.</summary>
    public required int PatientCount { get; init; }

    /// <summary>Patients with progression (the event).</summary>
    public required int ProgressionCount { get; init; }

    /// <summary>Fold of each patient (1-based), in the snapshot's row order.</summary>
    public required IReadOnlyList<int> FoldIds { get; init; }

    /// <summary>The models: imaging, clinical, combined, in this order.</summary>
    public required IReadOnlyList<SubmodelDocument> Models { get; init; }
}
