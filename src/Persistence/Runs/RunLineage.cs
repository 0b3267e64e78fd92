namespace HccPipeline.Persistence.Runs;

/// <summary>What a run was made from.</summary>
public sealed record RunLineage
{
    /// <summary>Key of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary><c>PreTreatment</c> or <c>PostTreatment</c>; null while not known.</summary>
    public string? Visit { get; init; }

    /// <summary>SHA-256 of the study's content when it was extracted.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>SHA-256 of the profile.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Series of the study, in ordinal order of the UID.</summary>
    public IReadOnlyList<SeriesLineage> Series { get; init; } = [];

    /// <summary>Values of the run by name, with the brick that gave each.</summary>
    public IReadOnlyDictionary<string, RunValue> Values { get; init; } = new Dictionary<string, RunValue>();
}

/// <summary>A value of a run.</summary>
/// <param name="Value">Value.</param>
/// <param name="BrickIndex">Brick that gave it.</param>
public sealed record RunValue(double Value, int BrickIndex);

/// <summary>A series behind a run.</summary>
public sealed record SeriesLineage
{
    /// <summary>Series Instance UID (0020,000E), de-identified.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>Modality (0008,0060).</summary>
    public required string Modality { get; init; }

    /// <summary>What it shows; null for a series that the pipeline does not use, and for segmentations.</summary>
    public string? Sequence { get; init; }

    /// <summary>Series that a segmentation was drawn on.</summary>
    public string? ReferencedSeriesUid { get; init; }

    /// <summary>Instances.</summary>
    public required int Instances { get; init; }

    /// <summary>SHA-256 over the blob keys of the instances in ordinal order, a line feed after each.</summary>
    public required string InstancesSha256 { get; init; }

    /// <summary>Bricks of the run that read from it; empty when none did.</summary>
    public required IReadOnlyList<int> Bricks { get; init; }
}
