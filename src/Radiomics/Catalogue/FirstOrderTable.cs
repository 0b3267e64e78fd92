namespace HccPipeline.Radiomics;

/// <summary>Catalogue rows of <see cref="FirstOrder"/>.</summary>
internal static class FirstOrderTable
{
    private const string X = "intensity";

    internal static readonly FeatureDefinition[] Rows =
    [
        Row("Energy", "N8CA", "intensity²", "Σ (x + shift)²", "stat_energy"),
        Row("TotalEnergy", "", "intensity²·mm³", "V_voxel · Σ (x + shift)²", ""),
        Row("Entropy", "TLU2", "bit", "−Σ p_i log₂ p_i over grey levels", "ih_entropy"),
        Row("Minimum", "1GSF", X, "min x", "stat_min"),
        Row("10Percentile", "QG58", X, "10th percentile, linear between order statistics", "stat_p10"),
        Row("90Percentile", "8DWT", X, "90th percentile, linear between order statistics", "stat_p90"),
        Row("Maximum", "84IY", X, "max x", "stat_max"),
        Row("Mean", "Q4LE", X, "Σ x / N", "stat_mean"),
        Row("Median", "Y12H", X, "50th percentile", "stat_median"),
        Row("InterquartileRange", "SALO", X, "P75 − P25", "stat_iqr"),
        Row("Range", "2OJQ", X, "max x − min x", "stat_range"),
        Row("MeanAbsoluteDeviation", "4FUA", X, "Σ |x − mean| / N", "stat_mad"),
        Row("RobustMeanAbsoluteDeviation", "1128", X, "Σ |x − mean| / N over P10 ≤ x ≤ P90, with their own mean; 0 where no voxel lies there", "stat_rmad"),
        Row("RootMeanSquared", "5ZWQ", X, "√(Energy / N)", "stat_rms"),
        Row("Skewness", "KE2A", "1", "(Σ (x − mean)³ / N) / variance^(3/2); 0 where the variance is 0", "stat_skew"),
        Row("Kurtosis", "IPH6", "1", "(Σ (x − mean)⁴ / N) / variance², not excess (IBSI's value + 3); 0 where the variance is 0", ""),
        Row("Variance", "ECT3", "intensity²", "Σ (x − mean)² / N", "stat_var"),
        Row("Uniformity", "BJ5W", "1", "Σ p_i² over grey levels", "ih_uniformity"),
    ];

    private static FeatureDefinition Row(string name, string ibsi, string unit, string formula, string tag) =>
        new($"firstorder_{name}", FeatureFamily.FirstOrder, ibsi, unit, formula, Convention.PyRadiomics) { Tag = tag };
}
