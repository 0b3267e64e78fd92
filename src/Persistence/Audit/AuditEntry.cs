namespace HccPipeline.Persistence.Audit;

/// <summary>A change that somebody made, before it is written down.</summary>
/// <param name="Actor">Who: a person's name, or <see cref="Automatic"/>.</param>
/// <param name="Action">What was done, a verb in lower case with hyphens: <c>promote</c>, <c>withdraw-patient</c>.</param>
/// <param name="Subject">To what: <c>model 3</c>, a pseudonym, a run.</param>
/// <param name="Reason">Why, in the actor's words.</param>
/// <param name="Detail">What else is to be known of it, by name.</param>
public sealed record AuditEntry(string Actor, string Action, string Subject, string Reason, IReadOnlyDictionary<string, string>? Detail = null)
{
    /// <summary>The actor where no person decided.</summary>
    public const string Automatic = "automatic";
}

/// <summary>A change as it was written down.</summary>
public sealed record AuditRow
{
    /// <summary>Number, from 1 without gaps.</summary>
    public required long AuditId { get; init; }

    /// <summary>When, Unix ms.</summary>
    public required long RecordedMs { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>To what.</summary>
    public required string Subject { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>A JSON object of texts, keys in order.</summary>
    public required string Detail { get; init; }

    /// <summary>Hash of the row before; zeros before the first.</summary>
    public required string PreviousSha256 { get; init; }

    /// <summary>Hash over <see cref="PreviousSha256"/> and everything else of this row.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>What a check of the whole history found.</summary>
/// <param name="Entries">Entries up to the head.</param>
/// <param name="HeadSha256">Hash of the last row that should be there; noted elsewhere, it proves later that nothing before it changed.</param>
/// <param name="Problems">What is wrong, a sentence each; empty when the history is whole and the tables are what it says.</param>
public sealed record AuditVerdict(long Entries, string HeadSha256, IReadOnlyList<string> Problems)
{
    /// <summary>The first; null when nothing is wrong.</summary>
    public string? Problem => Problems.Count == 0 ? null : Problems[0];
}
