namespace HccPipeline.Persistence.Runs;

/// <summary>A run of a study whose bricks all have an outcome.</summary>
public sealed record CompletedRun
{
    /// <summary>Key of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Hash of the profile.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>W3C trace context of what planned it; null where nobody traced.</summary>
    public string? TraceParent { get; init; }
}
