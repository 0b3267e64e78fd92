namespace HccPipeline.Persistence.Runs;

/// <summary>A run as it is planned: of a study, or of images that belong to none.</summary>
public sealed record RunPlan
{
    /// <summary>Study Instance UID, de-identified; null for a run that belongs to no study.</summary>
    public string? StudyUid { get; init; }

    /// <summary>Hash of the study's instances when it was planned; null for a run that belongs to no study.</summary>
    public string? StudyContentSha256 { get; init; }

    /// <summary>Hash of the profile.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>What a run without a study is made from, in canonical form, where its bricks may be cut in more than one way; null where what the
    /// bricks have to do says it.</summary>
    public string? Subject { get; init; }

    /// <summary>Which runs come first.</summary>
    public RunPriority Priority { get; init; } = RunPriority.Batch;

    /// <summary>W3C trace context of what planned it; null where nobody traces.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The bricks that are known when the run is planned; the index in this list is the brick's index.</summary>
    public required IReadOnlyList<BrickPlan> Bricks { get; init; }

    /// <summary>Kind of run as stored: <c>study</c>, or <c>maps</c> for one that belongs to no study.</summary>
    public string Kind => StudyUid is null ? "maps" : "study";

    /// <summary>Natural key of the run: the study, its content and the profile; without a study, the profile and the subject, or what the bricks have to do.</summary>
    public string RunId => StudyUid is null
        ? Subject is null ? Runs.RunId.OfWork(ProfileSha256, Bricks) : Runs.RunId.OfSubject(ProfileSha256, Subject)
        : Runs.RunId.Of(StudyUid, StudyContentSha256 ?? throw new InvalidOperationException("A run of a study needs the study's content."), ProfileSha256);
}

/// <summary>Whose bricks are computed first.</summary>
public enum RunPriority
{
    /// <summary>The pipeline's own work.</summary>
    Batch = 0,

    /// <summary>Somebody sits and waits for it.</summary>
    Interactive = 1,
}
