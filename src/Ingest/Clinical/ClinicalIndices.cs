namespace HccPipeline.Ingest.Clinical;

/// <summary>Indices derived from a blood sample. Counts are in 10⁹/L.</summary>
public static class ClinicalIndices
{
    /// <summary>Neutrophil-to-lymphocyte ratio N/L.</summary>
    public static double Nlr(double neutrophils, double lymphocytes) => neutrophils / lymphocytes;

    /// <summary>Platelet-to-lymphocyte ratio P/L.</summary>
    public static double Plr(double platelets, double lymphocytes) => platelets / lymphocytes;

    /// <summary>Systemic immune-inflammation index P·N/L, 10⁹/L.</summary>
    public static double Sii(double platelets, double neutrophils, double lymphocytes) => platelets * neutrophils / lymphocytes;

    /// <summary>Albumin-bilirubin score 0.66·log₁₀(bilirubin) − 0.085·albumin; grade 1 up to −2.60, grade 3 above −1.39.</summary>
    /// <param name="albuminGPerL">Albumin, g/L.</param>
    /// <param name="bilirubinUmolPerL">Total bilirubin, µmol/L.</param>
    /// <remarks>Johnson et al., J Clin Oncol 2015;33:550.</remarks>
    public static double Albi(double albuminGPerL, double bilirubinUmolPerL) =>
        0.66 * Math.Log10(bilirubinUmolPerL) - 0.085 * albuminGPerL;

    /// <summary>Common logarithm of α-fetoprotein.</summary>
    /// <param name="afpNgPerMl">AFP, ng/mL; above 0.</param>
    public static double LogAfp(double afpNgPerMl) => Math.Log10(afpNgPerMl);
}
