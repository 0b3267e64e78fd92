using System.Text.Json.Serialization;
using YamlDotNet.Serialization;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Choices of feature maps, which hold a value for the surroundings of each voxel. A list names feature classes (<c>glcm</c>), features
/// (<c>glcm_Contrast</c>) or the sequence's own indicator (<see cref="SignalRatio"/>, <see cref="Diffusion"/>, <see cref="ArterialEnhancement"/>,
/// <see cref="Washout"/>).</summary>
public sealed record VoxelChoices
{
    /// <summary>Map of the T2 signal intensity ratio, in the list of <see cref="T2"/>.</summary>
    public const string SignalRatio = "SIR";

    /// <summary>Map of the apparent diffusion coefficient, 10⁻³ mm²/s, in the list of <see cref="Adc"/>.</summary>
    public const string Diffusion = "ADC";

    /// <summary>Map of the arterial enhancement, (arterial − pre)/pre, in the list of <see cref="Dce"/>.</summary>
    public const string ArterialEnhancement = "ArterialEnhancement";

    /// <summary>Map of the washout, (arterial − late)/arterial, in the list of <see cref="Dce"/>.</summary>
    public const string Washout = "Washout";

    /// <summary>Voxels to each side: 1 is a cube of 27, or a square of 9 where texture is by slice.</summary>
    public int KernelRadius { get; init; } = 1;

    /// <summary>Whether only voxels of the region count in the surroundings of a voxel, and bins are those of the region; else of the whole image.</summary>
    public bool MaskedKernel { get; init; } = true;

    /// <summary>Value of voxels outside the region; may be <c>.nan</c>.</summary>
    public double InitialValue { get; init; }

    /// <summary>Maps of the lesion on T2; none when empty.</summary>
    [YamlMember(Alias = "T2", ApplyNamingConventions = false)]
    public string[] T2 { get; init; } = [];

    /// <summary>Maps of the lesion on ADC; none when empty.</summary>
    [YamlMember(Alias = "ADC", ApplyNamingConventions = false)]
    public string[] Adc { get; init; } = [];

    /// <summary>Maps of the lesion over the phases of a contrast agent, of which there are indicators alone; null for none, and then no part of the
    /// canonical form.</summary>
    [YamlMember(Alias = "DCE", ApplyNamingConventions = false)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Dce { get; init; }

    /// <summary>Maps of an image of any kind that is given by itself; when empty, those of the features chosen for it.</summary>
    public string[] Image { get; init; } = [];

    /// <summary>The same with lists in order and without doubles.</summary>
    internal VoxelChoices Canonical() => this with { T2 = Sorted(T2), Adc = Sorted(Adc), Dce = Dce is { Length: > 0 } ? Sorted(Dce) : null, Image = Sorted(Image) };

    private static string[] Sorted(string[] names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
