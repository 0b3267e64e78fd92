namespace HccPipeline.Radiomics;

/// <summary>Catalogue rows of the families that IBSI alone has.</summary>
internal static class IbsiTables
{
    private const string X = "intensity", X2 = "intensity²", P = "1", L = "level";

    internal static readonly FeatureDefinition[] Rows =
    [
        .. Family(FeatureFamily.Morphology, "morph",
        [
            ("MeshVolume", "RNU0", "mm³", "V of the marching-cubes mesh", "volume"),
            ("VoxelVolume", "YEKZ", "mm³", "N · V_voxel", "vol_approx"),
            ("SurfaceArea", "C0JK", "mm²", "A of the mesh", "area_mesh"),
            ("SurfaceVolumeRatio", "2PR5", "mm⁻¹", "A / V", "av"),
            ("Compactness1", "SKGS", P, "V / (√π A^(3/2))", "comp_1"),
            ("Compactness2", "BQWJ", P, "36 π V² / A³", "comp_2"),
            ("SphericalDisproportion", "KRCK", P, "A / (36 π V²)^(1/3)", "sph_dispr"),
            ("Sphericity", "QCFX", P, "(36 π V²)^(1/3) / A", "sphericity"),
            ("Asphericity", "25C7", P, "(A³ / (36 π V²))^(1/3) − 1", "asphericity"),
            ("CentreOfMassShift", "KLMA", "mm", "distance of the centres of the shape and of the intensities", "com"),
            ("Maximum3DDiameter", "L0JK", "mm", "largest distance between mesh vertices", "diam"),
            ("MajorAxisLength", "TDIC", "mm", "4 √λ₁ of the covariance (over N − 1) of voxel centres", "pca_maj_axis"),
            ("MinorAxisLength", "P9VJ", "mm", "4 √λ₂", "pca_min_axis"),
            ("LeastAxisLength", "7J51", "mm", "4 √λ₃", "pca_least_axis"),
            ("Elongation", "Q3CK", P, "√(λ₂ / λ₁); 1 for a single voxel", "pca_elongation"),
            ("Flatness", "N17B", P, "√(λ₃ / λ₁); 1 for a single voxel", "pca_flatness"),
            ("BoundingBoxVolumeDensity", "PBX1", P, "V / V of the mesh's axis-aligned box", "vol_dens_aabb"),
            ("BoundingBoxAreaDensity", "R59B", P, "A / A of the box", "area_dens_aabb"),
            ("EllipsoidVolumeDensity", "6BDE", P, "V / (4π/3 abc), semi-axes 2√λ; 0 for a flat region", "vol_dens_aee"),
            ("EllipsoidAreaDensity", "RDD2", P, "A / A of that ellipsoid", "area_dens_aee"),
            ("ConvexHullVolumeDensity", "R3ER", P, "V / V of the mesh's convex hull", "vol_dens_conv_hull"),
            ("ConvexHullAreaDensity", "7T7F", P, "A / A of the hull", "area_dens_conv_hull"),
            ("IntegratedIntensity", "99N0", "intensity·mm³", "V · mean", "integ_int"),
            ("MoranI", "N365", P, "N / Σw · Σ w_ij d_i d_j / Σ d_i², w = 1/distance, d = x − mean", "moran_i"),
            ("GearyC", "NPT7", P, "(N − 1) / 2Σw · Σ w_ij (x_i − x_j)² / Σ d_i²", "geary_c"),
        ]),
        .. Family(FeatureFamily.LocalIntensity, "loc",
        [
            ("LocalPeak", "VJGA", X, "mean in a sphere of 1 cm³ around the brightest voxel", "peak_loc"),
            ("GlobalPeak", "0F91", X, "largest mean in a sphere of 1 cm³ around any voxel", "peak_glob"),
        ]),
        .. Family(FeatureFamily.IntensityStatistics, "stat",
        [
            ("Mean", "Q4LE", X, "Σ x / N", "mean"), ("Variance", "ECT3", X2, "Σ (x − mean)² / N", "var"),
            ("Skewness", "KE2A", P, "third standardised moment", "skew"), ("ExcessKurtosis", "IPH6", P, "fourth standardised moment − 3", "kurt"),
            ("Median", "Y12H", X, "P50", "median"), ("Minimum", "1GSF", X, "min x", "min"), ("10Percentile", "QG58", X, "P10", "p10"),
            ("90Percentile", "8DWT", X, "P90", "p90"), ("Maximum", "84IY", X, "max x", "max"), ("InterquartileRange", "SALO", X, "P75 − P25", "iqr"),
            ("Range", "2OJQ", X, "max − min", "range"), ("MeanAbsoluteDeviation", "4FUA", X, "Σ |x − mean| / N", "mad"),
            ("RobustMeanAbsoluteDeviation", "1128", X, "the same within P10…P90", "rmad"),
            ("MedianAbsoluteDeviation", "N72L", X, "Σ |x − median| / N", "medad"), ("CoefficientOfVariation", "7TET", P, "σ / mean", "cov"),
            ("QuartileCoefficientOfDispersion", "9S40", P, "(P75 − P25) / (P75 + P25)", "qcod"), ("Energy", "N8CA", X2, "Σ x²", "energy"),
            ("RootMeanSquared", "5ZWQ", X, "√(Σ x² / N)", "rms"),
        ]),
        .. Family(FeatureFamily.IntensityHistogram, "ih",
        [
            ("Mean", "X6K6", L, "mean level", "mean"), ("Variance", "CH89", L, "variance of levels over N", "var"),
            ("Skewness", "88K1", P, "third standardised moment", "skew"), ("ExcessKurtosis", "C3I7", P, "fourth standardised moment − 3", "kurt"),
            ("Median", "WIFQ", L, "P50", "median"), ("Minimum", "1PR8", L, "lowest level", "min"), ("10Percentile", "GPMT", L, "P10", "p10"),
            ("90Percentile", "OZ0C", L, "P90", "p90"), ("Maximum", "3NCY", L, "highest level", "max"),
            ("Mode", "AMMC", L, "most frequent level, of several the nearest to the mean", "mode"),
            ("InterquartileRange", "WR0O", L, "P75 − P25", "iqr"), ("Range", "5Z3W", L, "max − min", "range"),
            ("MeanAbsoluteDeviation", "D2ZX", L, "mean |level − mean|", "mad"),
            ("RobustMeanAbsoluteDeviation", "WRZB", L, "the same within P10…P90", "rmad"),
            ("MedianAbsoluteDeviation", "4RNL", L, "mean |level − median|", "medad"), ("CoefficientOfVariation", "CWYJ", P, "σ / mean", "cov"),
            ("QuartileCoefficientOfDispersion", "SLWD", P, "(P75 − P25) / (P75 + P25)", "qcod"), ("Entropy", "TLU2", "bit", "−Σ p log₂ p", "entropy"),
            ("Uniformity", "BJ5W", P, "Σ p²", "uniformity"), ("MaximumGradient", "12CE", "voxels", "largest slope of the histogram", "max_grad"),
            ("MaximumGradientLevel", "8E6O", L, "where", "max_grad_g"), ("MinimumGradient", "VQB3", "voxels", "smallest slope", "min_grad"),
            ("MinimumGradientLevel", "RHQZ", L, "where", "min_grad_g"),
        ]),
        .. Family(FeatureFamily.IntensityVolumeHistogram, "ivh",
        [
            ("VolumeAtIntensityFraction10", "BC2M", P, "share of voxels at or above 10% of the intensity axis", "v10"),
            ("VolumeAtIntensityFraction90", "BC2M", P, "share at or above 90%", "v90"),
            ("IntensityAtVolumeFraction10", "GBPN", X, "smallest intensity that at most 10% of voxels reach", "i10"),
            ("IntensityAtVolumeFraction90", "GBPN", X, "smallest intensity that at most 90% reach", "i90"),
            ("VolumeFractionDifference", "DDTU", P, "V10 − V90", "diff_v10_v90"), ("IntensityFractionDifference", "CNV2", X, "I10 − I90", "diff_i10_i90"),
            ("AreaUnderCurve", "9CMM", P, "trapezoids under the share of voxels over the axis scaled to 0…1", "auc"),
        ]),
    ];

    private static IEnumerable<FeatureDefinition> Family(
        FeatureFamily family, string name, (string Name, string Code, string Unit, string Formula, string Tag)[] rows) =>
        rows.Select(r => new FeatureDefinition($"{name}_{r.Name}", family, r.Code, r.Unit, r.Formula, Convention.Ibsi) { Tag = $"{name}_{r.Tag}" });
}
