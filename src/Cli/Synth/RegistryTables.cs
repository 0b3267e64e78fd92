using System.Globalization;
using System.Text;

namespace HccPipeline.Cli.Synth;

/// <summary>The two tables of a registry: what a hospital would give, and what is true.</summary>
internal static class RegistryTables
{
    private const string ClinicalHeader =
        "patient_id,center,treatment_start,age_years,sex,neutrophils_10e9_per_l,lymphocytes_10e9_per_l,platelets_10e9_per_l,albumin_g_per_l,"
        + "bilirubin_umol_per_l,afp_ng_per_ml,alt_u_per_l,child_pugh_score,ecog,pvtt,hbv,mrecist_response,pfs_months,pfs_event";

    // No name is shared with the clinical table, so that nobody takes the one for the other.
    private const string TruthHeader =
        "synthetic_patient,true_progression,true_nlr,pre_date,pre_t2_sir,pre_adc_mean,pre_adc_sd,pre_t2_cv,pre_volume_mm3,"
        + "post_date,post_t2_sir,post_adc_mean,post_adc_sd,post_t2_cv,post_volume_mm3,rendered_post_t2_sir,rendered_post_adc_mean";

    /// <summary>The clinical table, as the ingest reads it.</summary>
    public static string Clinical(CohortPlan plan)
    {
        StringBuilder text = new StringBuilder(ClinicalHeader).Append('\n');
        foreach (PatientPlan p in plan.Patients)
        {
            Laboratory l = p.Laboratory;
            text.Append(CultureInfo.InvariantCulture, $"{p.PatientId},{p.Center},{p.TreatmentStart:yyyy-MM-dd},{p.AgeYears},{(p.IsMale ? 'M' : 'F')},")
                .Append(CultureInfo.InvariantCulture, $"{l.Neutrophils},{l.Lymphocytes},{l.Platelets},{l.AlbuminGPerL},{l.BilirubinUmolPerL},{l.AfpNgPerMl},{l.AltUPerL},")
                .Append(CultureInfo.InvariantCulture, $"{p.ChildPughScore},{p.Ecog},{Flag(p.HasPortalVeinThrombus)},{Flag(p.HasHepatitisB)},")
                .Append(CultureInfo.InvariantCulture, $"{p.Response},{p.PfsMonths},{Flag(p.PfsEvent)}\n");
        }
        return text.ToString();
    }

    /// <summary>The planned values; ADC in 10⁻³ mm²/s. The rendered ones differ from the planned ones where a scanner has drifted.</summary>
    public static string Truth(CohortPlan plan, SyntheticRegistryOptions options)
    {
        StringBuilder text = new StringBuilder(TruthHeader).Append('\n');
        foreach (PatientPlan p in plan.Patients)
        {
            ScannerProfile scanner = ScannerFleet.Of(options, p.CenterIndex, p.Post.Date);
            text.Append(CultureInfo.InvariantCulture, $"{p.PatientId},{Flag(p.Progressed)},{p.Laboratory.Nlr:R},");
            Append(text, p.Pre).Append(',');
            Append(text, p.Post).Append(CultureInfo.InvariantCulture, $",{p.Post.T2Sir * scanner.T2SirFactor:R},{p.Post.AdcMean + scanner.AdcShift:R}\n");
        }
        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, VisitPlan v) => text.Append(CultureInfo.InvariantCulture,
        $"{v.Date:yyyy-MM-dd},{v.T2Sir:R},{v.AdcMean:R},{v.AdcDeviation:R},{v.T2Variation:R},{v.LesionVolumeMm3:R}");

    private static char Flag(bool value) => value ? '1' : '0';
}
