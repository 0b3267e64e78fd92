namespace HccPipeline.Ingest.Clinical;

/// <summary>A column of the clinical table.</summary>
/// <param name="Name">Name in the header.</param>
/// <param name="Required">Whether a table without it is refused.</param>
/// <param name="Meaning">What stands in it, with unit and accepted values.</param>
public sealed record ClinicalColumn(string Name, bool Required, string Meaning);

/// <summary>The header of the clinical table. Order is free; a column that is not listed here makes the table refused.</summary>
public static class ClinicalColumns
{
    /// <summary>The patient ID of the images (0010,0020).</summary>
    public const string PatientId = "patient_id";

    /// <summary>Code of the centre.</summary>
    public const string Center = "center";

    /// <summary>First day of treatment.</summary>
    public const string TreatmentStart = "treatment_start";

    /// <summary>Sex.</summary>
    public const string Sex = "sex";

    /// <summary>Child-Pugh class.</summary>
    public const string ChildPughClass = "child_pugh_class";

    /// <summary>Child-Pugh score.</summary>
    public const string ChildPughScore = "child_pugh_score";

    /// <summary>ECOG performance status.</summary>
    public const string Ecog = "ecog";

    /// <summary>Portal vein tumour thrombus.</summary>
    public const string Pvtt = "pvtt";

    /// <summary>Hepatitis B.</summary>
    public const string Hbv = "hbv";

    /// <summary>Response by mRECIST.</summary>
    public const string Response = "mrecist_response";

    /// <summary>Event of progression-free survival.</summary>
    public const string PfsEvent = "pfs_event";

    /// <summary>All columns, in the order of the documentation.</summary>
    public static IReadOnlyList<ClinicalColumn> All { get; } =
    [
        new(PatientId, true, "patient ID as in the images (0010,0020)"),
        new(Center, false, "centre code; may be left out when the centre is given on the command line or by the drop folder"),
        new(TreatmentStart, true, "first day of treatment, yyyy-MM-dd"),
        .. Quantities.All.Select(q => new ClinicalColumn(q.Column, false, $"{q.Meaning}, {q.Minimum} to {q.Maximum} {q.Unit}")),
        new(Sex, false, "F or M"),
        new(ChildPughClass, false, "A, B or C"),
        new(ChildPughScore, false, "5 to 15; gives the class (A 5-6, B 7-9, C 10-15)"),
        new(Ecog, false, "performance status, 0 to 4"),
        new(Pvtt, false, "portal vein tumour thrombus: Vp0 to Vp4, or 0 and 1"),
        new(Hbv, false, "hepatitis B: 0 or 1"),
        new(Response, false, "CR, PR, SD or PD; empty while not known"),
        new(PfsEvent, false, "1 progression or death at pfs_months, 0 censored then; empty while not known"),
    ];

    /// <summary>The header line.</summary>
    public static string Header { get; } = string.Join(',', All.Select(c => c.Name));
}
