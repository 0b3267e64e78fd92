namespace HccPipeline.Radiomics;

/// <summary>Catalogue rows of the co-occurrence matrix, in the order of <see cref="GlcmFeatures"/>.</summary>
internal static class GlcmTable
{
    internal static readonly FeatureDefinition[] Rows =
    [
        Row("MaximumProbability", "GYBY", "max p_ij", "joint_max"),
        Row("JointAverage", "60VM", "μ = Σ i p_ij", "joint_avg"),
        Row("SumSquares", "UR99", "σ² = Σ (i − μ)² p_ij", "joint_var"),
        Row("JointEntropy", "TU9B", "H = −Σ p_ij log₂ p_ij", "joint_entr"),
        Row("DifferenceAverage", "TF7R", "δ = Σ k p_k, k = |i − j|", "diff_avg"),
        Row("DifferenceVariance", "D3YU", "Σ (k − δ)² p_k, k = |i − j|", "diff_var"),
        Row("DifferenceEntropy", "NTRS", "−Σ p_k log₂ p_k, k = |i − j|", "diff_entr"),
        Row("SumAverage", "ZGXS", "Σ k p_k, k = i + j", "sum_avg"),
        Row("SumVariance", "OEEB", "Σ (k − 2μ)² p_k, k = i + j", "sum_var", Convention.Ibsi),
        Row("SumEntropy", "P6QZ", "−Σ p_k log₂ p_k, k = i + j", "sum_entr"),
        Row("JointEnergy", "8ZQL", "Σ p_ij²", "energy"),
        Row("Contrast", "ACUI", "Σ (i − j)² p_ij", "contrast"),
        Row("Dissimilarity", "8S9J", "Σ |i − j| p_ij", "dissimilarity", Convention.Ibsi),
        Row("Id", "IB1Z", "Σ p_ij / (1 + |i − j|)", "inv_diff"),
        Row("Idn", "NDRX", "Σ p_ij / (1 + |i − j| / Ng)", "inv_diff_norm"),
        Row("Idm", "WF0Z", "Σ p_ij / (1 + (i − j)²)", "inv_diff_mom"),
        Row("Idmn", "1QCO", "Σ p_ij / (1 + (i − j)² / Ng²)", "inv_diff_mom_norm"),
        Row("InverseVariance", "E8JP", "Σ_{i≠j} p_ij / (i − j)²", "inv_var"),
        Row("Correlation", "NI2N", "(Σ i j p_ij − μ²) / σ²; 1 where σ is 0", "corr"),
        Row("Autocorrelation", "QWB0", "Σ i j p_ij", "auto_corr"),
        Row("ClusterTendency", "DG8W", "Σ (i + j − 2μ)² p_ij", "clust_tend"),
        Row("ClusterShade", "7NFM", "Σ (i + j − 2μ)³ p_ij", "clust_shade"),
        Row("ClusterProminence", "AE86", "Σ (i + j − 2μ)⁴ p_ij", "clust_prom"),
        Row("Imc1", "R8DG", "(H − H_xy1) / H_x; 0 where H_x is 0", "info_corr1"),
        Row("Imc2", "JN9H", "√(1 − exp(−2 (H_xy2 − H)))", "info_corr2"),
        Row("MCC", "", "√ of the second largest eigenvalue of Q_ij = Σ_k p_ik p_jk / (p_i p_k); 1 for a flat region, 0 for a direction whose pairs are of one level", "", Convention.PyRadiomics),
    ];

    private static FeatureDefinition Row(string name, string ibsi, string formula, string tag, Convention? only = null) =>
        new($"glcm_{name}", FeatureFamily.Glcm, ibsi, "1", formula, only) { Tag = tag.Length == 0 ? "" : $"cm_{tag}" };
}
