using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Runs;

/// <summary>What is stored of a study, as far as extraction needs it.</summary>
public sealed record StudyContent
{
    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Hash of the study's instances.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>Usable series in ordinal order of the UID.</summary>
    public required IReadOnlyList<SeriesContent> Series { get; init; }
}

/// <summary>A series of a study.</summary>
public sealed record SeriesContent
{
    /// <summary>Series Instance UID, de-identified.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>What it shows.</summary>
    public required Sequence Sequence { get; init; }

    /// <summary>Series that a segmentation was drawn on; null for images.</summary>
    public string? ReferencedSeriesUid { get; init; }

    /// <summary>Instances in ordinal order of the UID.</summary>
    public required IReadOnlyList<InstanceContent> Instances { get; init; }

    /// <summary>Segments with a region that the pipeline knows; empty for images.</summary>
    public required IReadOnlyList<SegmentContent> Segments { get; init; }
}

/// <summary>An instance of a series.</summary>
/// <param name="SopInstanceUid">SOP Instance UID, de-identified.</param>
/// <param name="BlobSha256">Key of its file.</param>
/// <param name="BValue">Diffusion weighting, s/mm²; null when not diffusion-weighted.</param>
public sealed record InstanceContent(string SopInstanceUid, string BlobSha256, double? BValue);

/// <summary>A segment of a segmentation.</summary>
/// <param name="SegmentNumber">Segment Number (0062,0004).</param>
/// <param name="Region">What it encloses.</param>
public sealed record SegmentContent(int SegmentNumber, Region Region);
