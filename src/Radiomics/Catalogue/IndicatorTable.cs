namespace HccPipeline.Radiomics;

/// <summary>Catalogue rows of the registry's own indicators, which are of the voxels as they are.</summary>
internal static class IndicatorTable
{
    internal static readonly FeatureDefinition[] Rows =
    [
        Row("T2_SIR", "1", "mean T2 signal of the lesion / mean of the reference tissue, same series"),
        Row("ADC_Mean", "10⁻³ mm²/s", "mean ADC of the lesion"),
        Row("DCE_ArterialEnhancement", "1", "(arterial − pre) / pre, means of the lesion before contrast and in the arterial phase"),
        Row("DCE_LesionToLiver", "1", "mean of the lesion / mean of the liver reference, arterial phase; only where the liver is segmented"),
        Row("DCE_Washout", "1", "(arterial − late) / arterial, means of the lesion; only where there is the late phase that the profile names"),
    ];

    private static FeatureDefinition Row(string name, string unit, string formula) => new(name, FeatureFamily.Indicator, "", unit, formula, null);
}
