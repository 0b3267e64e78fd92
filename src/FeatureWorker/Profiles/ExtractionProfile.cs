using HccPipeline.Contracts;
using YamlDotNet.Serialization;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Every choice of an extraction. Two equal profiles have one hash, whatever their files look like.</summary>
public sealed record ExtractionProfile
{
    /// <summary>Name, for people; not part of what is computed, but part of the hash.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whose feature definitions: <c>pyradiomics</c>.</summary>
    public string Convention { get; init; } = "pyradiomics";

    /// <summary>The T2 signal intensity ratio.</summary>
    public T2RatioProfile T2Ratio { get; init; } = new();

    /// <summary>The apparent diffusion coefficient.</summary>
    public AdcProfile Adc { get; init; } = new();

    /// <summary>Features of the lesion on each sequence.</summary>
    public FeatureProfiles Features { get; init; } = new();
}

/// <summary>Choices of the T2 signal intensity ratio.</summary>
public sealed record T2RatioProfile
{
    /// <summary>Reference tissue.</summary>
    public Region Reference { get; init; } = Region.MuscleReference;
}

/// <summary>Choices of the apparent diffusion coefficient.</summary>
public sealed record AdcProfile
{
    /// <summary><c>map-or-fit</c>, <c>map</c> or <c>fit</c>.</summary>
    public string Source { get; init; } = "map-or-fit";

    /// <summary><c>log-linear</c> or <c>weighted-least-squares</c>.</summary>
    public string Method { get; init; } = "log-linear";

    /// <summary>b-values below it are left out, s/mm².</summary>
    public double LowestBValue { get; init; }

    /// <summary>Signals at or below it are left out, a.u.</summary>
    public double NoiseFloor { get; init; }
}

/// <summary>Features per sequence.</summary>
public sealed record FeatureProfiles
{
    /// <summary>On T2.</summary>
    [YamlMember(Alias = "T2", ApplyNamingConventions = false)]
    public SequenceFeatures T2 { get; init; } = new() { Classes = ["firstorder", "shape"], BinWidth = 25 };

    /// <summary>On ADC.</summary>
    [YamlMember(Alias = "ADC", ApplyNamingConventions = false)]
    public SequenceFeatures Adc { get; init; } = new() { Classes = ["firstorder"], BinWidth = 0.025 };
}

/// <summary>Features of one sequence.</summary>
public sealed record SequenceFeatures
{
    /// <summary>Feature classes: <c>firstorder</c>, <c>shape</c>.</summary>
    public string[] Classes { get; init; } = [];

    /// <summary>Width of an intensity bin, in the unit of the sequence.</summary>
    public double BinWidth { get; init; }
}
