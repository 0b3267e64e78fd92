namespace HccPipeline.Persistence.Runs;

/// <summary>What became of a brick that was computed.</summary>
public sealed record BrickOutcome
{
    /// <summary>Feature values.</summary>
    public IReadOnlyCollection<KeyValuePair<string, double>> Values { get; init; } = [];

    /// <summary>Bricks that it planned; the place in this list gives the key (<see cref="BrickKey.Child"/>).</summary>
    public IReadOnlyList<BrickPlan> Children { get; init; } = [];

    /// <summary>Blob with its maps; null where it has none.</summary>
    public string? ResultSha256 { get; init; }

    /// <summary>Time that it took, s; null where nobody measured it.</summary>
    public double? Seconds { get; init; }
}
