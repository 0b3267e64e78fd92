namespace HccPipeline.Radiomics;

/// <summary>Families of features.</summary>
public enum FeatureFamily
{
    /// <summary>Indicators of the registry.</summary>
    Indicator,

    /// <summary>PyRadiomics' first-order statistics.</summary>
    FirstOrder,

    /// <summary>PyRadiomics' three-dimensional shape.</summary>
    Shape,

    /// <summary>PyRadiomics' shape of a region in one slice.</summary>
    Shape2D,

    /// <summary>PyRadiomics' redundant features, computed only when they are asked for by name.</summary>
    OnRequest,

    /// <summary>Grey level co-occurrence matrix.</summary>
    Glcm,

    /// <summary>Grey level run length matrix.</summary>
    Glrlm,

    /// <summary>Grey level size zone matrix.</summary>
    Glszm,

    /// <summary>Grey level distance zone matrix (IBSI).</summary>
    Gldzm,

    /// <summary>Neighbourhood grey tone difference matrix.</summary>
    Ngtdm,

    /// <summary>Grey level dependence matrix; IBSI's neighbouring grey level dependence.</summary>
    Gldm,

    /// <summary>IBSI: morphology.</summary>
    Morphology,

    /// <summary>IBSI: local intensity.</summary>
    LocalIntensity,

    /// <summary>IBSI: intensity-based statistics.</summary>
    IntensityStatistics,

    /// <summary>IBSI: intensity histogram.</summary>
    IntensityHistogram,

    /// <summary>IBSI: intensity-volume histogram.</summary>
    IntensityVolumeHistogram,
}

/// <summary>A row of the catalogue: what a feature is and where its formula stands.</summary>
/// <param name="Name">Name in the PyRadiomics manner, without the image type: <c>firstorder_Mean</c>.</param>
/// <param name="Family">Family.</param>
/// <param name="Ibsi">Four-character IBSI code; empty where the manual has no such feature.</param>
/// <param name="Unit">Unit; <c>1</c> for a pure number, <c>intensity</c> for the image's own.</param>
/// <param name="Formula">The formula, or in words what is computed.</param>
/// <param name="Convention">The only convention that has the feature; null where both have it.</param>
public sealed record FeatureDefinition(
    string Name, FeatureFamily Family, string Ibsi, string Unit, string Formula, Convention? Convention)
{
    /// <summary>Whether the feature is left out where all are wanted, and computed when its name or its class is asked for.</summary>
    public bool IsOnRequest => Family is FeatureFamily.Shape2D or FeatureFamily.OnRequest;

    /// <summary>Stem of the name in the IBSI reference-value files, such as <c>stat_mean</c>; empty where there is none.</summary>
    public string Tag { get; init; } = "";
}
