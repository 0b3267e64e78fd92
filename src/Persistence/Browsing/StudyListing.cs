namespace HccPipeline.Persistence.Browsing;

/// <summary>Where a study is on its way, in the order of the way.</summary>
public static class StudyStages
{
    /// <summary>Instances are coming in.</summary>
    public const string Receiving = "receiving";

    /// <summary>Something is missing.</summary>
    public const string Waiting = "waiting";

    /// <summary>It can be extracted, and nobody has begun.</summary>
    public const string Ready = "ready";

    /// <summary>Its features are being extracted.</summary>
    public const string InWork = "in work";

    /// <summary>Nothing goes on: a brick is in quarantine.</summary>
    public const string Held = "held";

    /// <summary>Its features are complete.</summary>
    public const string Extracted = "extracted";

    /// <summary>All, in this order.</summary>
    public static IReadOnlyList<string> All { get; } = [Receiving, Waiting, Ready, InWork, Held, Extracted];
}

/// <summary>Which studies are wanted.</summary>
public sealed record StudyQuery
{
    /// <summary>Part of the study's UID or of the pseudonym; null for any.</summary>
    public string? Search { get; init; }

    /// <summary>One of <see cref="StudyStages"/>; null for any.</summary>
    public string? Stage { get; init; }

    /// <summary>Centre; null for all.</summary>
    public string? CenterCode { get; init; }
}

/// <summary>A study in a list.</summary>
public sealed record StudyListing
{
    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>Date of the study, shifted, yyyy-MM-dd; null where unknown.</summary>
    public string? StudyDate { get; init; }

    /// <summary><c>PreTreatment</c> or <c>PostTreatment</c>; null while not known.</summary>
    public string? Visit { get; init; }

    /// <summary>One of <see cref="StudyStages"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>What is missing, in words; null when nothing is.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>When it last changed, Unix ms.</summary>
    public required long UpdatedMs { get; init; }
}

/// <summary>A series of a study in a list.</summary>
public sealed record SeriesListing
{
    /// <summary>Series Instance UID, de-identified.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>Modality.</summary>
    public required string Modality { get; init; }

    /// <summary>What it shows; null where it is not used.</summary>
    public string? Sequence { get; init; }

    /// <summary>Series that a segmentation was drawn on.</summary>
    public string? ReferencedSeriesUid { get; init; }

    /// <summary>Scanner's manufacturer.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Scanner's model.</summary>
    public string? ScannerModel { get; init; }

    /// <summary>Field strength, tesla.</summary>
    public double? FieldStrengthTesla { get; init; }

    /// <summary>Why it can't be used.</summary>
    public string? RejectedBecause { get; init; }

    /// <summary>Number of instances.</summary>
    public required long Instances { get; init; }
}

/// <summary>A run of a study in a list.</summary>
public sealed record RunListing
{
    /// <summary>Key of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>When it was planned, Unix ms.</summary>
    public required long PlannedMs { get; init; }

    /// <summary>When it was complete, Unix ms; null while it is not.</summary>
    public long? CompletedMs { get; init; }

    /// <summary>1 when a later content of the study has its own run.</summary>
    public required long Superseded { get; init; }

    /// <summary>Bricks in all.</summary>
    public required long Bricks { get; init; }

    /// <summary>Bricks with an outcome.</summary>
    public required long Finished { get; init; }

    /// <summary>Values that it gave.</summary>
    public required long Features { get; init; }
}

/// <summary>A study with what belongs to it.</summary>
/// <param name="Study">The study.</param>
/// <param name="Series">Its series, used ones first.</param>
/// <param name="Runs">Its runs, the latest first.</param>
public sealed record StudyDetail(StudyListing Study, IReadOnlyList<SeriesListing> Series, IReadOnlyList<RunListing> Runs);
