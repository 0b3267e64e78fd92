namespace HccPipeline.Contracts.Models;

/// <summary>What the models of a version say of its own patients without having learned from them: each is scored by the whole process, selection
/// included, done again without the patient's fold. A later version is compared on these, so that no model is judged on what it has seen.</summary>
public sealed record HeldOutDocument
{
    /// <summary>SHA-256 of the cohort snapshot.</summary>
    public required string SnapshotSha256 { get; init; }

    /// <summary>Submodel to probability of progression, one per patient in the snapshot's row order.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Probabilities { get; init; }
}
