namespace HccPipeline.Persistence.Cohort;

/// <summary>Where the label of a patient, the response, stands.</summary>
public enum LabelState
{
    /// <summary>No response is recorded yet, or its assessment is not over for all who started treatment in the same quarter.</summary>
    Pending,

    /// <summary>Recorded, and the time of its assessment is over.</summary>
    Mature,

    /// <summary>Follow-up ended before the response could be assessed: there will be none.</summary>
    Censored,

    /// <summary>A person decided on the response.</summary>
    Adjudicated,

    /// <summary>Another response than that under which the patient was in the last snapshot that holds the patient.</summary>
    Revised,
}

/// <summary>Names of <see cref="LabelState"/> in documents.</summary>
public static class LabelStates
{
    /// <summary>The name in lower case.</summary>
    public static string Name(this LabelState state) => state.ToString().ToLowerInvariant();
}

/// <summary>The label of a patient.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="DueBy">Last day on which a response in the patient's quarter is assessed; null without a clinical record.</param>
public sealed record OutcomeLabel(LabelState State, DateOnly? DueBy)
{
    /// <summary>Whether it can be learned from.</summary>
    public bool IsUsable => State is LabelState.Mature or LabelState.Adjudicated or LabelState.Revised;
}

/// <summary>What the label clock reads.</summary>
public sealed record OutcomeFacts
{
    /// <summary>True quarter of the treatment start.</summary>
    public required string EntryQuarter { get; init; }

    /// <summary>Response that counts; null while not known.</summary>
    public string? Response { get; init; }

    /// <summary>Progression-free survival, months.</summary>
    public double? PfsMonths { get; init; }

    /// <summary>Whether progression or death was seen then.</summary>
    public bool? PfsEvent { get; init; }

    /// <summary>Whether a person decided on the response.</summary>
    public bool IsAdjudicated { get; init; }

    /// <summary>Response under which the patient was in the last snapshot that holds the patient; null where none does.</summary>
    public string? ResponseInUse { get; init; }
}
