using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Registry;

/// <summary>How a study was judged.</summary>
public sealed record StudyDecision
{
    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Its visit; null while not known.</summary>
    public Visit? Visit { get; init; }

    /// <summary>Why it has no visit, in words; null when it has one.</summary>
    public string? VisitWaitingFor { get; init; }

    /// <summary>What its extraction waits for, in words; null when it is ready.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Hash of all that an extraction can see of the study.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>How each of its series was judged.</summary>
    public required IReadOnlyList<SeriesDecision> Series { get; init; }
}

/// <summary>How a series was judged.</summary>
/// <param name="SeriesUid">Series Instance UID, de-identified.</param>
/// <param name="Sequence">What it shows; null when the pipeline does not use it.</param>
/// <param name="Rejection">Why it can't be used although it shows something; null when it can.</param>
public sealed record SeriesDecision(string SeriesUid, Sequence? Sequence, Rejection? Rejection)
{
    /// <summary>Series that a segmentation was drawn on; null for images, and where it can't be told.</summary>
    public string? ReferencedSeriesUid { get; init; }
}

/// <summary>Why something is in quarantine.</summary>
/// <param name="Code">For programs: kebab case, as <c>missing-slice</c>.</param>
/// <param name="Detail">For a person: what is wrong and what to do.</param>
public sealed record Rejection(string Code, string Detail);
