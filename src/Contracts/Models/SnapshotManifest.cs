namespace HccPipeline.Contracts.Models;

/// <summary>
/// Who is in a snapshot and who is not: the list that belongs to its table. The stored bytes are this record as canonical JSON; they hold no clock
/// and no host. Patients who had withdrawn when it was written are not named.
/// </summary>
public sealed record SnapshotManifest
{
    /// <summary>Layout of this document; grows when a reader has to know.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Layout number.</summary>
    public required int Schema { get; init; }

    /// <summary>SHA-256 of the snapshot's Parquet file.</summary>
    public required string SnapshotSha256 { get; init; }

    /// <summary>SHA-256 of the extraction profile behind the imaging features.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>The rules by which it was judged who is in.</summary>
    public required EligibilityRules Rules { get; init; }

    /// <summary>Whether the scan that predicts is the scan that defined the outcome.</summary>
    public required IncorporationCheck Incorporation { get; init; }

    /// <summary>Who is in, in the snapshot's row order.</summary>
    public required IReadOnlyList<IncludedPatient> Patients { get; init; }

    /// <summary>Who was left out, in ordinal order of the pseudonym.</summary>
    public required IReadOnlyList<LeftOutPatient> LeftOut { get; init; }

    /// <summary>Patients who had withdrawn.</summary>
    public required int Withdrawn { get; init; }
}

/// <summary>Rules of a snapshot; days are counted from the start of treatment.</summary>
public sealed record EligibilityRules
{
    /// <summary>Most days by which the pre-treatment MRI lies before the start.</summary>
    public required int PreMriMaximumDays { get; init; }

    /// <summary>Day of the post-treatment MRI.</summary>
    public required int PostMriDay { get; init; }

    /// <summary>Most days by which it lies before or after its day.</summary>
    public required int PostMriToleranceDays { get; init; }

    /// <summary>Clinical values that must be known.</summary>
    public required IReadOnlyList<string> RequiredValues { get; init; }

    /// <summary>Day on which the response is assessed.</summary>
    public required int ResponseDay { get; init; }

    /// <summary>Most days by which the assessment lies before or after its day.</summary>
    public required int ResponseToleranceDays { get; init; }

    /// <summary>Whether a response was taken only when its assessment was over for the patient's whole quarter.</summary>
    public required bool RequireClosedWindow { get; init; }
}

/// <summary>
/// Incorporation bias: a post-treatment scan within the window in which the response is assessed is the scan that defined the response, as far as
/// anybody can tell from the dates. A model that predicts from it predicts a reading of the same images.
/// </summary>
public sealed record IncorporationCheck
{
    /// <summary>First day of the window, counted from the start of treatment.</summary>
    public required int WindowFirstDay { get; init; }

    /// <summary>Last day of the window.</summary>
    public required int WindowLastDay { get; init; }

    /// <summary>Patients in the snapshot.</summary>
    public required int PatientCount { get; init; }

    /// <summary>Patients whose post-treatment scan lies in the window; each is marked in the list.</summary>
    public required int Count { get; init; }
}

/// <summary>A patient in a snapshot.</summary>
public sealed record IncludedPatient
{
    /// <summary>Pseudonym.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>True quarter of the treatment start, as <c>2023Q2</c>.</summary>
    public required string EntryQuarter { get; init; }

    /// <summary>Run behind the pre-treatment features.</summary>
    public required string PreRunId { get; init; }

    /// <summary>Day of the pre-treatment scan.</summary>
    public required int PreDay { get; init; }

    /// <summary>Run behind the post-treatment features.</summary>
    public required string PostRunId { get; init; }

    /// <summary>Day of the post-treatment scan.</summary>
    public required int PostDay { get; init; }

    /// <summary>Revision of the outcome.</summary>
    public required int OutcomeRevision { get; init; }

    /// <summary>State of the label: <c>mature</c>, <c>adjudicated</c> or <c>revised</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Whether the post-treatment scan lies in the window in which the response is assessed.</summary>
    public required bool PostScanDefinesResponse { get; init; }
}

/// <summary>A patient who was left out.</summary>
/// <param name="Pseudonym">Pseudonym.</param>
/// <param name="CenterCode">Code of the centre.</param>
/// <param name="Label">State of the label: <c>pending</c>, <c>mature</c>, <c>censored</c>, <c>adjudicated</c> or <c>revised</c>.</param>
/// <param name="Reasons">Why.</param>
public sealed record LeftOutPatient(string Pseudonym, string CenterCode, string Label, IReadOnlyList<LeftOutReason> Reasons);

/// <summary>Why a patient was left out.</summary>
/// <param name="Code">For programs, as <c>pre-mri-window</c>.</param>
/// <param name="Need">What was missing.</param>
/// <param name="Detail">How it was with this patient; null when there is no more to say.</param>
public sealed record LeftOutReason(string Code, string Need, string? Detail);
