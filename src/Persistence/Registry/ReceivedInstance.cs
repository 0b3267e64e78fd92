namespace HccPipeline.Persistence.Registry;

/// <summary>A de-identified DICOM instance whose file is in the blob store, with what the registry keeps of it.</summary>
public sealed record ReceivedInstance
{
    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>Study Instance UID (0020,000D), de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Study date, shifted; null when the file has none.</summary>
    public DateOnly? StudyDate { get; init; }

    /// <summary>Series Instance UID (0020,000E), de-identified.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>Modality (0008,0060).</summary>
    public required string Modality { get; init; }

    /// <summary>Frame of Reference UID (0020,0052), de-identified.</summary>
    public string? FrameOfReferenceUid { get; init; }

    /// <summary>Series that a segmentation was drawn on; null for images.</summary>
    public string? ReferencedSeriesUid { get; init; }

    /// <summary>An image that a segmentation was drawn on, where it names no series; null otherwise.</summary>
    public string? SourceImageUid { get; init; }

    /// <summary>Manufacturer of the scanner.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Model of the scanner.</summary>
    public string? ScannerModel { get; init; }

    /// <summary>Field strength, T.</summary>
    public double? FieldStrengthTesla { get; init; }

    /// <summary>Instant of acquisition on the patient's shifted calendar, ms.</summary>
    public long? AcquiredMs { get; init; }

    /// <summary>SOP Instance UID (0008,0018), de-identified.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Key of the de-identified file.</summary>
    public required string BlobSha256 { get; init; }

    /// <summary>SHA-256 of the file as it came.</summary>
    public required string SourceSha256 { get; init; }

    /// <summary>What the instance was classified as; null when not known.</summary>
    public string? Shows { get; init; }

    /// <summary>Diffusion weighting, s/mm²; null when not diffusion-weighted.</summary>
    public double? BValue { get; init; }

    /// <summary>Place along the slice normal, mm; null where it has no single place.</summary>
    public double? PositionMm { get; init; }

    /// <summary>In-plane grid as text; null where there is no single one.</summary>
    public string? Grid { get; init; }

    /// <summary>Number of frames.</summary>
    public required int FrameCount { get; init; }

    /// <summary>Segments of a segmentation; empty for images.</summary>
    public IReadOnlyList<StoredSegment> Segments { get; init; } = [];
}

/// <summary>What became of an instance that was offered to the registry.</summary>
public enum ReceptionOutcome
{
    /// <summary>It is new and stored.</summary>
    Stored,

    /// <summary>The same instance with the same content is stored already.</summary>
    Duplicate,

    /// <summary>Another content is stored under the same SOP Instance UID; nothing was written.</summary>
    OtherContent,

    /// <summary>Its study belongs to another patient or centre; nothing was written.</summary>
    OtherPatient,

    /// <summary>Its series belongs to another study; nothing was written.</summary>
    OtherStudy,

    /// <summary>Its patient withdrew; nothing was written.</summary>
    Withdrawn,
}

/// <summary>Outcome of one instance.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="StoredBlobSha256">For <see cref="ReceptionOutcome.OtherContent"/>: key of the file that is stored.</param>
public readonly record struct Reception(ReceptionOutcome Outcome, string? StoredBlobSha256 = null);
