using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>PyRadiomics' choices of texture.</summary>
public sealed record TextureChoices
{
    /// <summary>Axis along which slices are stacked, <c>x</c>, <c>y</c> or <c>z</c>: neighbours lie in one slice; null for neighbours in space.</summary>
    public Axis? BySlice { get; init; }

    /// <summary>Distances of neighbours, voxels: co-occurrence, dependence and tone difference.</summary>
    public int[] Distances { get; init; } = [1];

    /// <summary>Weights of directions by their length: <c>none</c>, <c>manhattan</c>, <c>euclidean</c>, <c>infinity</c>, <c>no-weighting</c>.</summary>
    public DistanceWeighting Weighting { get; init; }

    /// <summary>Whether a pair counts both ways in co-occurrence.</summary>
    public bool Symmetrical { get; init; } = true;

    /// <summary>Largest difference of grey levels that depend on each other.</summary>
    public int DependenceTolerance { get; init; }

    /// <summary>Whether two choices are the same.</summary>
    internal bool SameAs(TextureChoices other) =>
        this with { Distances = other.Distances } == other && Distances.AsSpan().SequenceEqual(other.Distances);

    /// <summary>The same with distances in order and once each.</summary>
    internal TextureChoices Canonical() => this with { Distances = [.. Distances.Distinct().Order()] };

    /// <summary>As settings of the extraction.</summary>
    internal TextureSettings ToSettings() => SameAs(new()) ? TextureSettings.Default : new()
    {
        BySlice = BySlice,
        Distances = Distances,
        Weighting = Weighting,
        Symmetrical = Symmetrical,
        DependenceTolerance = DependenceTolerance,
    };
}
