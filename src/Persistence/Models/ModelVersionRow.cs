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

    /// <summary>The training that gave it; null for versions from before trainings were listed.</summary>
    public string? RunId { get; init; }

    /// <summary>Why it was trained in spite of a guard; null where the guards held.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>What the guards measured, JSON; null where nothing was.</summary>
    public string? Guards { get; init; }

    /// <summary>Blob key of the scores of its patients by models trained without them; null for versions from before these were kept.</summary>
    public string? HeldOutSha256 { get; init; }
}
