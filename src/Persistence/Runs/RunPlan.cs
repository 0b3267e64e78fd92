namespace HccPipeline.Persistence.Runs;

/// <summary>A run as it is planned.</summary>
public sealed record RunPlan
{
    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Hash of the study's instances when it was planned.</summary>
    public required string StudyContentSha256 { get; init; }

    /// <summary>Hash of the profile.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>What each brick has to do, as JSON that the feature worker reads; the index in this list is the brick's index.</summary>
    public required IReadOnlyList<string> BrickWork { get; init; }

    /// <summary>Key of the run.</summary>
    public string RunId => Runs.RunId.Of(StudyUid, StudyContentSha256, ProfileSha256);
}

/// <summary>Key of a brick.</summary>
/// <param name="RunId">Run.</param>
/// <param name="BrickIndex">Index in the run, from 0.</param>
public readonly record struct BrickKey(string RunId, int BrickIndex);

/// <summary>A brick as stored.</summary>
public sealed record BrickRow
{
    /// <summary>What there is to do, as the planner wrote it.</summary>
    public required string Work { get; init; }

    /// <summary><c>pending</c>, <c>done</c> or <c>rejected</c>.</summary>
    public required string State { get; init; }

    /// <summary>Hash of the profile of its run.</summary>
    public required string ProfileSha256 { get; init; }
}

/// <summary>A run whose bricks all have an outcome.</summary>
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
}
