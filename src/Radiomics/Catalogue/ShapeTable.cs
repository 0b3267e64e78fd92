namespace HccPipeline.Radiomics;

/// <summary>Catalogue rows of <see cref="Shape"/>.</summary>
internal static class ShapeTable
{
    internal static readonly FeatureDefinition[] Rows =
    [
        Row("MeshVolume", "RNU0", "mm³", "V: signed tetrahedra over the triangles of the marching-cubes mesh", "morph_volume"),
        Row("VoxelVolume", "YEKZ", "mm³", "N · V_voxel", "morph_vol_approx"),
        Row("SurfaceArea", "C0JK", "mm²", "A: sum of the mesh's triangles", "morph_area_mesh"),
        Row("SurfaceVolumeRatio", "2PR5", "mm⁻¹", "A / V", "morph_av"),
        Row("Sphericity", "QCFX", "1", "(36 π V²)^(1/3) / A", "morph_sphericity"),
        Row("Maximum3DDiameter", "L0JK", "mm", "largest distance between mesh vertices", "morph_diam"),
        Row("Maximum2DDiameterSlice", "", "mm", "largest distance between mesh vertices of one z", ""),
        Row("Maximum2DDiameterColumn", "", "mm", "largest distance between mesh vertices of one y", ""),
        Row("Maximum2DDiameterRow", "", "mm", "largest distance between mesh vertices of one x", ""),
        Row("MajorAxisLength", "TDIC", "mm", "4 √λ₁ of the covariance (over N) of voxel centres", ""),
        Row("MinorAxisLength", "P9VJ", "mm", "4 √λ₂", ""),
        Row("LeastAxisLength", "7J51", "mm", "4 √λ₃", ""),
        Row("Elongation", "Q3CK", "1", "√(λ₂ / λ₁); 1 for a single voxel", "morph_pca_elongation"),
        Row("Flatness", "N17B", "1", "√(λ₃ / λ₁); 1 for a single voxel", "morph_pca_flatness"),
    ];

    private static FeatureDefinition Row(string name, string ibsi, string unit, string formula, string tag) =>
        new($"shape_{name}", FeatureFamily.Shape, ibsi, unit, formula, Convention.PyRadiomics) { Tag = tag };
}
