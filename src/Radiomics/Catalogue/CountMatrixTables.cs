namespace HccPipeline.Radiomics;

/// <summary>Catalogue rows of the families that share <see cref="CountMatrix.Features"/>: counts c_ij of level i and column j, n in all.</summary>
internal static class CountMatrixTables
{
    private static readonly string[] s_formulas =
    [
        "Σ c_ij / j² / n", "Σ c_ij j² / n", "Σ c_ij / i² / n", "Σ c_ij i² / n", "Σ c_ij / (i² j²) / n", "Σ c_ij i² / j² / n",
        "Σ c_ij j² / i² / n", "Σ c_ij i² j² / n", "Σ_i (Σ_j c_ij)² / n", "Σ_i (Σ_j c_ij)² / n²", "Σ_j (Σ_i c_ij)² / n",
        "Σ_j (Σ_i c_ij)² / n²", "n / N", "Σ (i − mean i)² c_ij / n", "Σ (j − mean j)² c_ij / n", "−Σ p_ij log₂ p_ij, p = c / n", "Σ p_ij², p = c / n",
    ];

    internal static readonly FeatureDefinition[] Rows =
    [
        .. Family(FeatureFamily.Glrlm, "glrlm", "rlm", null,
            "ShortRunEmphasis 22OV sre, LongRunEmphasis W4KF lre, LowGrayLevelRunEmphasis V3SW lgre, HighGrayLevelRunEmphasis G3QZ hgre, " +
            "ShortRunLowGrayLevelEmphasis HTZT srlge, ShortRunHighGrayLevelEmphasis GD3A srhge, LongRunLowGrayLevelEmphasis IVPO lrlge, " +
            "LongRunHighGrayLevelEmphasis 3KUM lrhge, GrayLevelNonUniformity R5YN glnu, GrayLevelNonUniformityNormalized OVBL glnu_norm, " +
            "RunLengthNonUniformity W92Y rlnu, RunLengthNonUniformityNormalized IC23 rlnu_norm, RunPercentage 9ZK5 r_perc, " +
            "GrayLevelVariance 8CE5 gl_var, RunVariance SXLW rl_var, RunEntropy HJ9O rl_entr"),
        .. Family(FeatureFamily.Glszm, "glszm", "szm", null,
            "SmallAreaEmphasis 5QRC sze, LargeAreaEmphasis 48P8 lze, LowGrayLevelZoneEmphasis XMSY lgze, HighGrayLevelZoneEmphasis 5GN9 hgze, " +
            "SmallAreaLowGrayLevelEmphasis 5RAI szlge, SmallAreaHighGrayLevelEmphasis HW1V szhge, LargeAreaLowGrayLevelEmphasis YH51 lzlge, " +
            "LargeAreaHighGrayLevelEmphasis J17V lzhge, GrayLevelNonUniformity JNSA glnu, GrayLevelNonUniformityNormalized Y1RO glnu_norm, " +
            "SizeZoneNonUniformity 4JP3 zsnu, SizeZoneNonUniformityNormalized VB3A zsnu_norm, ZonePercentage P30P z_perc, " +
            "GrayLevelVariance BYLV gl_var, ZoneVariance 3NSA zs_var, ZoneEntropy GU8N zs_entr"),
        .. Family(FeatureFamily.Gldzm, "gldzm", "dzm", Convention.Ibsi,
            "SmallDistanceEmphasis 0GBI sde, LargeDistanceEmphasis MB4I lde, LowGrayLevelZoneEmphasis S1RA lgze, HighGrayLevelZoneEmphasis K26C hgze, " +
            "SmallDistanceLowGrayLevelEmphasis RUVG sdlge, SmallDistanceHighGrayLevelEmphasis DKNJ sdhge, LargeDistanceLowGrayLevelEmphasis A7WM ldlge, " +
            "LargeDistanceHighGrayLevelEmphasis KLTH ldhge, GrayLevelNonUniformity VFT7 glnu, GrayLevelNonUniformityNormalized 7HP3 glnu_norm, " +
            "ZoneDistanceNonUniformity V294 zdnu, ZoneDistanceNonUniformityNormalized IATH zdnu_norm, ZonePercentage VIWW z_perc, " +
            "GrayLevelVariance QK93 gl_var, ZoneDistanceVariance 7WT1 zd_var, ZoneDistanceEntropy GBDU zd_entr"),
        .. Family(FeatureFamily.Gldm, "gldm", "ngl", null,
            "SmallDependenceEmphasis SODN lde, LargeDependenceEmphasis IMOQ hde, LowGrayLevelEmphasis TL9H lgce, HighGrayLevelEmphasis OAE7 hgce, " +
            "SmallDependenceLowGrayLevelEmphasis EQ3F ldlge, SmallDependenceHighGrayLevelEmphasis JA6D ldhge, LargeDependenceLowGrayLevelEmphasis NBZI hdlge, " +
            "LargeDependenceHighGrayLevelEmphasis 9QMG hdhge, GrayLevelNonUniformity FP8K glnu, !GrayLevelNonUniformityNormalized 5SPA glnu_norm, " +
            "DependenceNonUniformity Z87G dcnu, DependenceNonUniformityNormalized OKJI dcnu_norm, !DependencePercentage 6XV8 dc_perc, " +
            "GrayLevelVariance 1PFV gl_var, DependenceVariance DNX2 dc_var, DependenceEntropy FCBV dc_entr, !DependenceEnergy CAS9 dc_energy"),
    ];

    /// <summary>Rows from "Name CODE tag" triples; an exclamation mark means IBSI only.</summary>
    private static IEnumerable<FeatureDefinition> Family(FeatureFamily family, string name, string tag, Convention? only, string rows) =>
        rows.Split(", ").Select((row, k) =>
        {
            string[] part = row.Split(' ');
            bool ibsi = part[0][0] == '!';
            return new FeatureDefinition(
                $"{name}_{(ibsi ? part[0][1..] : part[0])}", family, part[1], "1", s_formulas[k], ibsi ? Convention.Ibsi : only)
            {
                Tag = $"{tag}_{part[2]}",
            };
        });
}
