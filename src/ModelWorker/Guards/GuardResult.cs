namespace HccPipeline.ModelWorker.Guards;

/// <summary>What one guard says of a cohort.</summary>
public sealed record GuardResult
{
    /// <summary>Kebab case, as <c>sample-size</c>.</summary>
    public required string Guard { get; init; }

    /// <summary>What is measured, in words with its unit.</summary>
    public required string Measure { get; init; }

    /// <summary>What was measured; null where nothing could be.</summary>
    public double? Measured { get; init; }

    /// <summary>What it must be: at least so much, or at most, as <see cref="Measure"/> says; null where nothing is required.</summary>
    public double? Required { get; init; }

    /// <summary>Whether it holds; null where it was not measured.</summary>
    public bool? Holds { get; init; }

    /// <summary>How many more patients it takes; 0 where it holds or patients do not help.</summary>
    public int ShortfallPatients { get; init; }

    /// <summary>A sentence for a person: what is short and by how much, or why it was not measured.</summary>
    public required string Detail { get; init; }
}
