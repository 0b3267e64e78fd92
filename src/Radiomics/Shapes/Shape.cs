using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>PyRadiomics' fourteen features of a region's shape.</summary>
/// <remarks>Lengths are along the grid's axes with its spacing, whatever its orientation. A single voxel has a mesh (an octahedron of half
/// a voxel's reach), axis lengths 0 and, having no direction, elongation and flatness 1.</remarks>
public sealed record Shape
{
    private Shape()
    {
    }

    /// <summary>Volume of the mesh, mm³.</summary>
    public required double MeshVolume { get; init; }
    /// <summary>Number of voxels times the volume of one, mm³.</summary>
    public required double VoxelVolume { get; init; }
    /// <summary>Area of the mesh, mm².</summary>
    public required double SurfaceArea { get; init; }
    /// <summary>Area over volume, mm⁻¹.</summary>
    public required double SurfaceVolumeRatio { get; init; }
    /// <summary>Area of the sphere of the same volume over the area; 1 for a sphere.</summary>
    public required double Sphericity { get; init; }
    /// <summary>Largest distance between mesh vertices, mm.</summary>
    public required double Maximum3DDiameter { get; init; }
    /// <summary>The same within one z (usually axial), mm.</summary>
    public required double Maximum2DDiameterSlice { get; init; }
    /// <summary>The same within one y (usually coronal), mm.</summary>
    public required double Maximum2DDiameterColumn { get; init; }
    /// <summary>The same within one x (usually sagittal), mm.</summary>
    public required double Maximum2DDiameterRow { get; init; }
    /// <summary>4·√λ₁, mm.</summary>
    public required double MajorAxisLength { get; init; }
    /// <summary>4·√λ₂, mm.</summary>
    public required double MinorAxisLength { get; init; }
    /// <summary>4·√λ₃, mm.</summary>
    public required double LeastAxisLength { get; init; }
    /// <summary>√(λ₂/λ₁).</summary>
    public required double Elongation { get; init; }
    /// <summary>√(λ₃/λ₁).</summary>
    public required double Flatness { get; init; }

    /// <summary>Measures a region.</summary>
    /// <param name="mask">Mask; every value but 0 is inside.</param>
    /// <exception cref="RegionException">No voxel is inside.</exception>
    public static Shape Of(Volume<byte> mask)
    {
        Vector3D spacing = mask.Geometry.SpacingMm;
        PaddedMask padded = new(mask);
        SurfaceMesh mesh = SurfaceMesh.Of(padded, spacing, AmbiguousFaces.ByCorner);
        MeshDiameters diameters = MeshDiameters.Of(mesh.Vertices, spacing);
        PrincipalAxes axes = PrincipalAxes.Of(padded, spacing, Convention.PyRadiomics);
        double volume = mesh.VolumeMm3, area = mesh.AreaMm2;
        return new()
        {
            MeshVolume = volume,
            VoxelVolume = Mask.Count(mask) * mask.Geometry.VoxelVolumeMm3,
            SurfaceArea = area,
            SurfaceVolumeRatio = area / volume,
            Sphericity = PortableMath.Cbrt(36 * Math.PI * volume * volume) / area,
            Maximum3DDiameter = diameters.Space,
            Maximum2DDiameterSlice = diameters.PlaneZ,
            Maximum2DDiameterColumn = diameters.PlaneY,
            Maximum2DDiameterRow = diameters.PlaneX,
            MajorAxisLength = 4 * Math.Sqrt(axes.Major),
            MinorAxisLength = 4 * Math.Sqrt(axes.Minor),
            LeastAxisLength = 4 * Math.Sqrt(axes.Least),
            Elongation = axes.Major > 0 ? Math.Sqrt(axes.Minor / axes.Major) : 1,
            Flatness = axes.Major > 0 ? Math.Sqrt(axes.Least / axes.Major) : 1,
        };
    }

    /// <summary>Three more values, functions of the others, that are computed only when they are asked for by name.</summary>
    internal IEnumerable<FeatureValue> ToValuesOnRequest() =>
    [
        FeatureCatalogue.Value("shape_Compactness1", "original", MeshVolume / (SurfaceArea * Math.Sqrt(SurfaceArea * Math.PI))),
        FeatureCatalogue.Value("shape_Compactness2", "original", 36 * Math.PI * MeshVolume * MeshVolume / (SurfaceArea * SurfaceArea * SurfaceArea)),
        FeatureCatalogue.Value("shape_SphericalDisproportion", "original", 1 / Sphericity),
    ];

    /// <summary>The fourteen values by name.</summary>
    public IReadOnlyList<FeatureValue> ToValues() => FeatureCatalogue.Values(FeatureFamily.Shape, "original",
    [
        MeshVolume, VoxelVolume, SurfaceArea, SurfaceVolumeRatio, Sphericity, Maximum3DDiameter, Maximum2DDiameterSlice,
        Maximum2DDiameterColumn, Maximum2DDiameterRow, MajorAxisLength, MinorAxisLength, LeastAxisLength, Elongation, Flatness,
    ]);
}
