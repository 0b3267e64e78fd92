namespace HccPipeline.Persistence.Models;

/// <summary>What a submodel of a version said of a patient when it was first asked: a score, or a refusal by name.</summary>
public sealed record PredictionRow
{
    /// <summary>Pseudonym.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>The version.</summary>
    public required int ModelVersion { get; init; }

    /// <summary><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</summary>
    public required string Submodel { get; init; }

    /// <summary>Probability of progression; null for a refusal.</summary>
    public double? Probability { get; init; }

    /// <summary><c>high</c> or <c>low</c>; null for a refusal.</summary>
    public string? RiskGroup { get; init; }

    /// <summary>Why there is no score, with the names of the inputs; null for a score.</summary>
    public string? Refusal { get; init; }

    /// <summary>The inputs: a JSON array of <c>{"name":…,"value":…}</c> in model order, null where missing.</summary>
    public required string Inputs { get; init; }

    /// <summary>SHA-256 of <see cref="Inputs"/>.</summary>
    public required string InputsSha256 { get; init; }

    /// <summary>Whether the response was known by then, so that the score foretold nothing.</summary>
    public bool OutcomeKnown { get; init; }

    /// <summary>When, Unix ms; of a refusal, when it was last looked at.</summary>
    public long ScoredMs { get; init; }
}
