namespace HccPipeline.Persistence.Models;

/// <summary>A model version as stored; written once.</summary>
public sealed record ModelVersionRow
{
    /// <summary>Version number, from 1.</summary>
    public int ModelVersion { get; init; }

    /// <summary>Blob key of the cohort snapshot.</summary>
    public required string SnapshotSha256 { get; init; }

    /// <summary>Seed of the folds.</summary>
    public required long Seed { get; init; }

    /// <summary>Version of the program that trained.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Blob key of the model document.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>Why it was trained.</summary>
    public required string Reason { get; init; }

    /// <summary>How long training took, ms.</summary>
    public required long TrainingMs { get; init; }

    /// <summary>When it was stored, Unix ms.</summary>
    public long CreatedMs { get; init; }
}
