namespace HccPipeline.Contracts.Messages;

/// <summary>Command: take a snapshot of the cohort that is ready and train on it.</summary>
public sealed record RetrainingRequested
{
    /// <summary>SHA-256 of the extraction profile whose features are used.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Seed of the cross-validation folds.</summary>
    public required long Seed { get; init; }

    /// <summary>Train only if the cohort is still due when the request is taken up: of several requests that growth made, one is enough.</summary>
    public required bool OnlyIfDue { get; init; }

    /// <summary>Why: schedule, cohort size, by hand.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked: a person's name, or <c>automatic</c>.</summary>
    public string RequestedBy { get; init; } = "automatic";

    /// <summary>Why to go on where a guard refuses; null to obey the guards.</summary>
    public string? OverrideReason { get; init; }
}

/// <summary>Event: a model version exists.</summary>
public sealed record ModelTrained
{
    /// <summary>Version number, from 1.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>SHA-256 of the model document, its blob key.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>SHA-256 of the snapshot it was trained on, its blob key.</summary>
    public required string SnapshotSha256 { get; init; }
}

/// <summary>Event: a model version became the champion.</summary>
public sealed record ModelPromoted
{
    /// <summary>Version number.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Why it was promoted.</summary>
    public required string Reason { get; init; }
}

/// <summary>Kinds of reports.</summary>
public enum ReportKind
{
    /// <summary>What a version does on the patients it was trained on.</summary>
    Validation,

    /// <summary>What a version does on those who came after, as far as a period.</summary>
    Drift,
}

/// <summary>Command: make a report of a model version.</summary>
public sealed record ReportRequested
{
    /// <summary>Version number.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Kind of report.</summary>
    public ReportKind Kind { get; init; }

    /// <summary>Of a drift report the last quarter of treatment starts that it looks at, as <c>2023Q2</c>; null for the last that was assessed.</summary>
    public string? Period { get; init; }

    /// <summary>Whether it is made again although it is stored.</summary>
    public bool Rebuild { get; init; }
}

/// <summary>Event: a report of a model version can be read.</summary>
public sealed record ReportPublished
{
    /// <summary>Version number.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Kind of report.</summary>
    public ReportKind Kind { get; init; }

    /// <summary>Period of a drift report; null for a validation report.</summary>
    public string? Period { get; init; }

    /// <summary>SHA-256 of the HTML page, its blob key.</summary>
    public required string HtmlSha256 { get; init; }

    /// <summary>SHA-256 of the JSON document, its blob key.</summary>
    public required string JsonSha256 { get; init; }
}
