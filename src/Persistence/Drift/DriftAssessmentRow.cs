namespace HccPipeline.Persistence.Drift;

/// <summary>An assessment as stored; the document itself is read with <see cref="DriftAssessmentRepository"/>.</summary>
public sealed record DriftAssessmentRow
{
    /// <summary>Version assessed.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Submodel assessed.</summary>
    public required string Submodel { get; init; }

    /// <summary>Last window that it looks at.</summary>
    public required string Period { get; init; }

    /// <summary>Number within the period, from 1.</summary>
    public int Revision { get; init; }

    /// <summary>SHA-256 over all that it was made of.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>SHA-256 of the document.</summary>
    public required string DocumentSha256 { get; init; }

    /// <summary>Highest level of its findings; null without any.</summary>
    public string? HighestLevel { get; init; }

    /// <summary>When, Unix ms.</summary>
    public long AssessedMs { get; init; }
}

/// <summary>A version on one later window.</summary>
public sealed record VersionWindowRow
{
    /// <summary>The version.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>The submodel.</summary>
    public required string Submodel { get; init; }

    /// <summary>Centre; empty for all together.</summary>
    public required string CenterCode { get; init; }

    /// <summary>The window, as <c>2023Q2</c>.</summary>
    public required string EntryQuarter { get; init; }

    /// <summary><c>open</c>, <c>over</c> or <c>mature</c>.</summary>
    public required string State { get; init; }

    /// <summary>What can be said of it.</summary>
    public required string Verdict { get; init; }

    /// <summary>Patients.</summary>
    public required int Patients { get; init; }

    /// <summary>Of these with score and mature outcome.</summary>
    public required int Mature { get; init; }

    /// <summary>Of these with progression.</summary>
    public required int Cases { get; init; }

    /// <summary>Of the mature, scored before the outcome was known.</summary>
    public required int Prospective { get; init; }

    /// <summary>AUC; null with fewer than two of a class.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? AucLower { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? AucUpper { get; init; }
}
