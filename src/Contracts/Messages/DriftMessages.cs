namespace HccPipeline.Contracts.Messages;

/// <summary>Command: assess the stored versions on the patients that came after them.</summary>
public sealed record DriftAssessmentRequested
{
    /// <summary>Why: schedule, new outcomes.</summary>
    public required string Reason { get; init; }
}

/// <summary>Event: an alert was raised. No patient can be recognised in it.</summary>
public sealed record DriftDetected
{
    /// <summary>Key of the alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>Version that it is about.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Submodel that it is about.</summary>
    public required string Submodel { get; init; }

    /// <summary><c>information</c>, <c>watch</c>, <c>action</c> or <c>rollback-proposal</c>.</summary>
    public required string Level { get; init; }

    /// <summary>What was found.</summary>
    public required string Kind { get; init; }

    /// <summary>Centre; null for all together.</summary>
    public string? CenterCode { get; init; }

    /// <summary>Quarter of treatment starts in which, as <c>2023Q2</c>.</summary>
    public required string Window { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Summary { get; init; }
}
