namespace HccPipeline.Persistence.Registry;

/// <summary>An outcome that a patient was known to have from some instant on.</summary>
public sealed record OutcomeRevision
{
    /// <summary>Number, from 1 for each patient.</summary>
    public required int Revision { get; init; }

    /// <summary>Response that counts: CR, PR, SD or PD; null while not known.</summary>
    public string? Response { get; init; }

    /// <summary>Progression-free survival, months; null while not known.</summary>
    public double? PfsMonths { get; init; }

    /// <summary>Whether progression or death was seen at <see cref="PfsMonths"/>; null while not known.</summary>
    public bool? PfsEvent { get; init; }

    /// <summary>Response as the clinical record has it; differs from <see cref="Response"/> where a person decided otherwise.</summary>
    public string? RecordedResponse { get; init; }

    /// <summary><c>recorded</c> or <c>adjudicated</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Why it was adjudicated; null for a recorded one.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was stored, Unix ms.</summary>
    public required long RecordedMs { get; init; }
}

/// <summary>What became of an adjudication.</summary>
public enum AdjudicationOutcome
{
    /// <summary>It is stored and counts from now on.</summary>
    Stored,

    /// <summary>The same decision with the same reason was the last one already.</summary>
    Unchanged,

    /// <summary>The patient has no clinical record, or none any more.</summary>
    NoRecord,
}
