using System.Text.Json.Serialization;
using HccPipeline.Contracts;
using HccPipeline.Radiomics;
using YamlDotNet.Serialization;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Every choice of an extraction. Two equal profiles have one hash, whatever their files look like.</summary>
public sealed record ExtractionProfile
{
    /// <summary>Name, for people; not part of what is computed, but part of the hash.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whose feature definitions: <c>pyradiomics</c> or <c>ibsi</c>.</summary>
    public Convention Convention { get; init; } = Convention.PyRadiomics;

    /// <summary>The T2 signal intensity ratio.</summary>
    public T2RatioProfile T2Ratio { get; init; } = new();

    /// <summary>The apparent diffusion coefficient.</summary>
    public AdcProfile Adc { get; init; } = new();

    /// <summary>Enhancement over the phases of a contrast agent; null where it is not wanted, and then no part of the canonical form.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EnhancementProfile? Enhancement { get; init; }

    /// <summary>Maps of features voxel by voxel.</summary>
    public VoxelChoices Voxel { get; init; } = new();

    /// <summary>Features of the regions on each sequence.</summary>
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

/// <summary>Choices of enhancement over the phases of a contrast agent.</summary>
public sealed record EnhancementProfile
{
    /// <summary>Phase that washout is measured in.</summary>
    public LatePhase LatePhase { get; init; }
}

/// <summary>Phases in which a lesion may have darkened again.</summary>
public enum LatePhase
{
    /// <summary>Delayed.</summary>
    Delayed,

    /// <summary>Portal venous.</summary>
    Portal,

    /// <summary>Delayed where the study has it, else portal venous.</summary>
    DelayedOrPortal,
}

/// <summary>Features per sequence. In a file a sequence that is left out follows <c>image</c>, and <c>image</c> follows T2.</summary>
public sealed record FeatureProfiles
{
    private static readonly FeatureChoices DefaultT2 = new() { Classes = ["firstorder", "shape"], BinWidth = 25 };
    private static readonly FeatureChoices DefaultAdc = new() { Classes = ["firstorder"], BinWidth = 0.025 };

    /// <summary>On T2.</summary>
    [YamlMember(Alias = "T2", ApplyNamingConventions = false)]
    public FeatureChoices? T2 { get; init; }

    /// <summary>On ADC; widths and ranges in 10⁻³ mm²/s.</summary>
    [YamlMember(Alias = "ADC", ApplyNamingConventions = false)]
    public FeatureChoices? Adc { get; init; }

    /// <summary>On an image of any kind that is given by itself.</summary>
    public FeatureChoices? Image { get; init; }

    /// <summary>The same with every section filled in and every list in canonical order.</summary>
    internal FeatureProfiles Resolved() => new()
    {
        T2 = (T2 ?? Image ?? DefaultT2).Canonical(),
        Adc = (Adc ?? Image ?? DefaultAdc).Canonical(),
        Image = (Image ?? T2 ?? DefaultT2).Canonical(),
    };
}
