using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Registry;

/// <summary>All that is stored of a patient's studies, as far as their completion is judged by it.</summary>
public sealed record PatientStudies
{
    /// <summary>Pseudonym.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>First day of treatment, shifted; null without a clinical record.</summary>
    public DateOnly? TreatmentStart { get; init; }

    /// <summary>Studies in ordinal order of the UID.</summary>
    public required IReadOnlyList<StoredStudy> Studies { get; init; }
}

/// <summary>A study.</summary>
public sealed record StoredStudy
{
    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>Study date, shifted.</summary>
    public DateOnly? StudyDate { get; init; }

    /// <summary>Visit as judged last; null when it has none.</summary>
    public Visit? Visit { get; init; }

    /// <summary>Why it has no visit, as judged last.</summary>
    public string? VisitWaitingFor { get; init; }

    /// <summary>State in force.</summary>
    public required StudyState State { get; init; }

    /// <summary>Hash of what was judged last; null before.</summary>
    public string? ContentSha256 { get; init; }

    /// <summary>Series in ordinal order of the UID.</summary>
    public required IReadOnlyList<StoredSeries> Series { get; init; }
}

/// <summary>A series.</summary>
public sealed record StoredSeries
{
    /// <summary>Series Instance UID, de-identified.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>Modality.</summary>
    public required string Modality { get; init; }

    /// <summary>Frame of Reference UID, de-identified.</summary>
    public string? FrameOfReferenceUid { get; init; }

    /// <summary>Series that a segmentation was drawn on.</summary>
    public string? ReferencedSeriesUid { get; init; }

    /// <summary>An image that a segmentation was drawn on, where it names no series.</summary>
    public string? SourceImageUid { get; init; }

    /// <summary>Earliest acquisition on the patient's shifted calendar, ms.</summary>
    public long? AcquiredMs { get; init; }

    /// <summary>Instances in ordinal order of the UID.</summary>
    public required IReadOnlyList<StoredInstance> Instances { get; init; }

    /// <summary>Segments by number.</summary>
    public required IReadOnlyList<StoredSegment> Segments { get; init; }
}

/// <summary>An instance.</summary>
public sealed record StoredInstance
{
    /// <summary>SOP Instance UID, de-identified.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Key of its file.</summary>
    public required string BlobSha256 { get; init; }

    /// <summary>What it was classified as.</summary>
    public string? Shows { get; init; }

    /// <summary>Diffusion weighting, s/mm².</summary>
    public double? BValue { get; init; }

    /// <summary>Place along the slice normal, mm.</summary>
    public double? PositionMm { get; init; }

    /// <summary>In-plane grid as text.</summary>
    public string? Grid { get; init; }

    /// <summary>Number of frames.</summary>
    public required int FrameCount { get; init; }
}

/// <summary>A segment of a segmentation.</summary>
/// <param name="SegmentNumber">Segment Number (0062,0004).</param>
/// <param name="Label">Segment Label (0062,0005).</param>
/// <param name="Region">What it encloses; null where the label is not one that the pipeline knows.</param>
public sealed record StoredSegment(int SegmentNumber, string Label, Region? Region);

/// <summary>Where a study stands.</summary>
public enum StudyState
{
    /// <summary>Instances came in and have not been judged yet.</summary>
    Receiving,

    /// <summary>Something is missing.</summary>
    Waiting,

    /// <summary>Features can be extracted.</summary>
    Ready,
}
