namespace HccPipeline.Radiomics;

/// <summary>A step to a neighbour at Chebyshev distance 1; its opposite is the same direction.</summary>
internal readonly record struct Direction(int X, int Y, int Z)
{
    /// <summary>The four directions of a slice.</summary>
    internal static Direction[] InPlane { get; } = [new(1, 0, 0), new(1, 1, 0), new(0, 1, 0), new(-1, 1, 0)];

    /// <summary>The thirteen directions of space.</summary>
    internal static Direction[] InSpace { get; } =
    [
        .. InPlane, new(-1, -1, 1), new(0, -1, 1), new(1, -1, 1), new(-1, 0, 1), new(0, 0, 1), new(1, 0, 1), new(-1, 1, 1), new(0, 1, 1), new(1, 1, 1),
    ];
}
