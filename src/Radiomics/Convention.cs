namespace HccPipeline.Radiomics;

/// <summary>Whose definitions a feature follows where the two differ.</summary>
public enum Convention
{
    /// <summary>Image Biomarker Standardisation Initiative, reference manual (arXiv:1612.07003).</summary>
    Ibsi,

    /// <summary>PyRadiomics 3: its names, bin edges, kurtosis that is not excess, averages over directions.</summary>
    PyRadiomics,
}
