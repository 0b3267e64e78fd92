namespace HccPipeline.Persistence.Drift;

/// <summary>An alert as stored.</summary>
public sealed record AlertRow
{
    /// <summary>Sixteen hexadecimal digits, made of what was found and where.</summary>
    public required string AlertId { get; init; }

    /// <summary>Version that it is about.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Submodel that it is about.</summary>
    public required string Submodel { get; init; }

    /// <summary>Centre; empty for all together.</summary>
    public required string CenterCode { get; init; }

    /// <summary><c>information</c>, <c>watch</c>, <c>action</c> or <c>rollback-proposal</c>.</summary>
    public required string Level { get; init; }

    /// <summary>What was found.</summary>
    public required string Kind { get; init; }

    /// <summary>Window in which it was found first.</summary>
    public required string FirstWindow { get; init; }

    /// <summary>Window in which it was found last, so far.</summary>
    public required string LastWindow { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Summary { get; init; }

    /// <summary>SHA-256 of the assessment that raised it.</summary>
    public required string DocumentSha256 { get; init; }

    /// <summary><c>open</c>, <c>acknowledged</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it was raised, Unix ms.</summary>
    public required long RaisedMs { get; init; }

    /// <summary>Who acknowledged it.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>In their words.</summary>
    public string? AcknowledgedReason { get; init; }

    /// <summary>When, Unix ms.</summary>
    public long? AcknowledgedMs { get; init; }

    /// <summary>Who closed it.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>In their words.</summary>
    public string? ClosedReason { get; init; }

    /// <summary>When, Unix ms.</summary>
    public long? ClosedMs { get; init; }

    /// <summary>Deliveries to the webhook that were tried.</summary>
    public int WebhookAttempts { get; init; }

    /// <summary>When the next may be tried, Unix ms.</summary>
    public long WebhookNextMs { get; init; }

    /// <summary>When the webhook took it, Unix ms; null while it has not.</summary>
    public long? WebhookMs { get; init; }
}
