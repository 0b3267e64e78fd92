namespace HccPipeline.Persistence.Models;

/// <summary>How a training ended, as it is stored.</summary>
public static class TrainingOutcomes
{
    /// <summary>A new version exists.</summary>
    public const string Trained = "trained";

    /// <summary>The version of this snapshot was there, or nobody needed a new one any more.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>The cohort can't be learned from.</summary>
    public const string Refused = "refused";

    /// <summary>Somebody asked it to stop.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It broke.</summary>
    public const string Failed = "failed";

    /// <summary>Its process died or was stopped.</summary>
    public const string Abandoned = "abandoned";
}

/// <summary>A training: who asked for it, how far it is, what became of it.</summary>
public sealed record TrainingRunRow
{
    /// <summary>Key.</summary>
    public required string RunId { get; init; }

    /// <summary>Profile whose features are learned from; one cohort each.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Seed of the folds.</summary>
    public required long Seed { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked: a person's name, or <c>automatic</c>.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Why it goes on in spite of a guard; null to obey the guards.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>Process that trains.</summary>
    public required string Holder { get; init; }

    /// <summary>When it was asked for, Unix ms.</summary>
    public required long RequestedMs { get; init; }

    /// <summary>When it got hold of the cohort, Unix ms.</summary>
    public long StartedMs { get; init; }

    /// <summary>Patients in its snapshot; null before that is taken.</summary>
    public int? PatientCount { get; init; }

    /// <summary>What it is at, in words.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Steps done.</summary>
    public int StepsDone { get; init; }

    /// <summary>Steps in all; 0 while not known.</summary>
    public int StepsTotal { get; init; }

    /// <summary>Who asked it to stop; null for nobody.</summary>
    public string? CancelBy { get; init; }

    /// <summary>When it ended, Unix ms; null while it runs.</summary>
    public long? FinishedMs { get; init; }

    /// <summary>One of <see cref="TrainingOutcomes"/>; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>What there is to say about the outcome.</summary>
    public string? Detail { get; init; }

    /// <summary>The version that it gave or found.</summary>
    public int? ModelVersion { get; init; }
}

/// <summary>How far a training is.</summary>
/// <param name="Stage">What it is at, in words.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; 0 while not known.</param>
/// <param name="Patients">Patients in its snapshot; null before that is taken.</param>
public sealed record TrainingProgress(string Stage, int Done, int Total, int? Patients);

/// <summary>Whether a training may go on.</summary>
public enum TrainingHold
{
    /// <summary>It holds the cohort.</summary>
    Held,

    /// <summary>Somebody asked it to stop.</summary>
    CancelAsked,

    /// <summary>Another took the cohort over.</summary>
    Lost,
}
