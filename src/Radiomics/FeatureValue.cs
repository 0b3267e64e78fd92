using System.Text.Json.Serialization;

namespace HccPipeline.Radiomics;

/// <summary>One computed feature.</summary>
/// <param name="Name">Name in the PyRadiomics manner, such as <c>original_firstorder_Mean</c>.</param>
/// <param name="Value">The value, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit: <c>mm</c>, <c>mm²</c>, <c>intensity</c>, … or <c>1</c> for a pure number.</param>
/// <param name="Ibsi">Four-character code of the IBSI manual, or empty where it defines no such feature.</param>
public sealed record FeatureValue(string Name, double Value, string Unit, string Ibsi)
{
    /// <summary>Name used in the IBSI reference-value files with its aggregation, such as <c>stat_mean</c>; empty where there is none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Aggregation of a texture feature as the tag has it, such as <c>3D_avg</c>; empty where there is none.</summary>
    [JsonIgnore]
    public string Aggregation { get; init; } = "";
}
