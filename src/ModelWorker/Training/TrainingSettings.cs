namespace HccPipeline.ModelWorker.Training;

/// <summary>What training depends on besides the snapshot.</summary>
public sealed record TrainingSettings
{
    /// <summary>Hash of the snapshot's Parquet file.</summary>
    public required string SnapshotSha256 { get; init; }

    /// <summary>Hash of the extraction profile.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Seed of the folds.</summary>
    public required long Seed { get; init; }

    /// <summary>Number of folds.</summary>
    public required int Folds { get; init; }

    /// <summary>Version of the program.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>What to do about candidates that some patients lack.</summary>
    public MissingValues MissingValues { get; init; }

    /// <summary>Imaging candidates without the visit in front.</summary>
    public required IReadOnlyList<string> ImagingCandidates { get; init; }

    /// <summary>Clinical candidates.</summary>
    public required IReadOnlyList<string> ClinicalCandidates { get; init; }
}
