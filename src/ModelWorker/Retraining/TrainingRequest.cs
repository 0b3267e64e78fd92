using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Who asks for a training, and for what.</summary>
public sealed record TrainingRequest
{
    /// <summary>Extraction profile whose features are used.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Seed of the folds.</summary>
    public required long Seed { get; init; }

    /// <summary>Why, kept with the version.</summary>
    public required string Reason { get; init; }

    /// <summary>A person's name, or <c>automatic</c>.</summary>
    public string RequestedBy { get; init; } = AuditEntry.Automatic;

    /// <summary>Why it goes on where a guard refuses; null to obey the guards.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>Whether a stop of this process leaves the training to whoever comes next; otherwise it ends it.</summary>
    public bool GoesOnElsewhere { get; init; }

    /// <summary>Asked when the cohort is held and nobody else trains: whether there is still a reason to. Null for always.</summary>
    public Func<CancellationToken, Task<bool>>? StillWanted { get; init; }
}

/// <summary>A stored version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Promoted">Whether it became the champion now.</param>
/// <param name="IsNew">Whether it was stored now, and not there before.</param>
public sealed record TrainedVersion(ModelVersionRow Version, bool Promoted, bool IsNew = true);
