namespace HccPipeline.Radiomics;

/// <summary>Catalogue rows of PyRadiomics beyond its 107: shape in one slice, and features that are functions of others.</summary>
internal static class OnRequestTable
{
    internal static readonly FeatureDefinition[] Rows =
    [
        Row("shape2D_MeshSurface", "mm²", "A: area within the marching-squares outline"),
        Row("shape2D_PixelSurface", "mm²", "N · area of a pixel"),
        Row("shape2D_Perimeter", "mm", "P: length of the outline"),
        Row("shape2D_PerimeterSurfaceRatio", "mm⁻¹", "P / A"),
        Row("shape2D_Sphericity", "1", "2 √(π A) / P"),
        Row("shape2D_SphericalDisproportion", "1", "P / (2 √(π A)); only when asked for by name"),
        Row("shape2D_MaximumDiameter", "mm", "largest distance between vertices of the outline"),
        Row("shape2D_MajorAxisLength", "mm", "4 √λ₁ of the covariance (over N) of pixel centres"),
        Row("shape2D_MinorAxisLength", "mm", "4 √λ₂"),
        Row("shape2D_Elongation", "1", "√(λ₂ / λ₁); 1 for a single pixel"),
        Row("firstorder_StandardDeviation", "intensity", "√(Σ (x − mean)² / N)", FeatureFamily.OnRequest),
        Row("shape_Compactness1", "1", "V / √(π A³)", FeatureFamily.OnRequest),
        Row("shape_Compactness2", "1", "36 π V² / A³", FeatureFamily.OnRequest),
        Row("shape_SphericalDisproportion", "1", "A / (36 π V²)^(1/3)", FeatureFamily.OnRequest),
    ];

    private static FeatureDefinition Row(string name, string unit, string formula, FeatureFamily family = FeatureFamily.Shape2D) =>
        new(name, family, "", unit, formula, Convention.PyRadiomics);
}
