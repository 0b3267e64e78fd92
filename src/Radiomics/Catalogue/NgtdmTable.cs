namespace HccPipeline.Radiomics;

/// <summary>Catalogue rows of <see cref="ToneDifference"/>: p_i share and s_i summed difference of level i.</summary>
internal static class NgtdmTable
{
    internal static readonly FeatureDefinition[] Rows =
    [
        Row("Coarseness", "QCDE", "1 / Σ p_i s_i; at most 10⁶", "coarseness"),
        Row("Contrast", "65HE", "Σ p_i p_j (i − j)² / (Ngp (Ngp − 1)) · Σ s_i / N; 0 for one level", "contrast"),
        Row("Busyness", "NQ30", "Σ p_i s_i / Σ |i p_i − j p_j|; 0 for one level", "busyness"),
        Row("Complexity", "HDEZ", "Σ |i − j| (p_i s_i + p_j s_j) / (p_i + p_j) / N", "complexity"),
        Row("Strength", "1X9X", "Σ (p_i + p_j) (i − j)² / Σ s_i; 0 where all s_i are 0", "strength"),
    ];

    private static FeatureDefinition Row(string name, string ibsi, string formula, string tag) =>
        new($"ngtdm_{name}", FeatureFamily.Ngtdm, ibsi, "1", formula, null) { Tag = $"ngt_{tag}" };
}
