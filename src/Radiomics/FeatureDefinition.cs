namespace HccPipeline.Radiomics;

/// <summary>Families of features.</summary>
public enum FeatureFamily
{
    /// <summary>PyRadiomics' first-order statistics.</summary>
    FirstOrder,

    /// <summary>PyRadiomics' three-dimensional shape.</summary>
    Shape,
}

/// <summary>A row of the catalogue: what a feature is and where its formula stands.</summary>
/// <param name="Name">Name in the PyRadiomics manner, without the image type: <c>firstorder_Mean</c>.</param>
/// <param name="Family">Family.</param>
/// <param name="Ibsi">Four-character IBSI code; empty where the manual has no such feature.</param>
/// <param name="Unit">Unit; <c>1</c> for a pure number, <c>intensity</c> for the image's own.</param>
/// <param name="Formula">The formula, or in words what is computed.</param>
/// <param name="Convention">Whose definition the row states.</param>
public sealed record FeatureDefinition(
    string Name, FeatureFamily Family, string Ibsi, string Unit, string Formula, Convention Convention)
{
    /// <summary>Stem of the name in the IBSI reference-value files, such as <c>stat_mean</c>; empty where there is none.</summary>
    public string Tag { get; init; } = "";
}
