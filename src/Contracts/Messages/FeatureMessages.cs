namespace HccPipeline.Contracts.Messages;

/// <summary>Command: extract the features of one study under one profile.</summary>
public sealed record FeatureExtractionRequested
{
    /// <summary>Study Instance UID (0020,000D) after de-identification.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>SHA-256 of the canonical profile, lower-case hex.</summary>
    public required string ProfileSha256 { get; init; }
}

/// <summary>Command: compute one brick of a run. Voxels travel by claim check.</summary>
public sealed record BrickExtractionRequested
{
    /// <summary>Key of the run: SHA-256 over study, its content and the profile.</summary>
    public required string RunId { get; init; }

    /// <summary>Index of the brick in its run, from 0.</summary>
    public required int BrickIndex { get; init; }
}

/// <summary>Event: one brick of a run has an outcome (values, or a reason why there are none).</summary>
public sealed record BrickExtracted
{
    /// <summary>Key of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Index of the brick in its run, from 0.</summary>
    public required int BrickIndex { get; init; }
}

/// <summary>Event: every brick of a run has an outcome and the run is closed.</summary>
public sealed record FeaturesExtracted
{
    /// <summary>Key of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Study Instance UID (0020,000D) after de-identification.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>SHA-256 of the canonical profile.</summary>
    public required string ProfileSha256 { get; init; }
}
