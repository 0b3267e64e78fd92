namespace HccPipeline.Ingest.Clinical;

/// <summary>One valid row of the clinical table, still with the patient's ID: it is turned into a pseudonymous record and forgotten.</summary>
internal sealed record ClinicalEntry
{
    public required int Line { get; init; }
    public required string PatientId { get; init; }
    public required string CenterCode { get; init; }
    public required DateOnly TreatmentStart { get; init; }
    public double? Neutrophils { get; init; }
    public double? Lymphocytes { get; init; }
    public double? Platelets { get; init; }
    public double? Albumin { get; init; }
    public double? Bilirubin { get; init; }
    public double? Afp { get; init; }
    public double? Alt { get; init; }
    public double? Age { get; init; }
    public double? PfsMonths { get; init; }
    public bool? PfsEvent { get; init; }
    public bool? Male { get; init; }

    /// <summary>1, 2, 3 for class A, B, C.</summary>
    public int? ChildPugh { get; init; }
    public int? Ecog { get; init; }

    /// <summary>Whether there is any tumour thrombus (Vp1 to Vp4).</summary>
    public bool? Pvtt { get; init; }
    public bool? Hbv { get; init; }
    public string? Response { get; init; }

    /// <summary>Feature values by catalogue name; what was not measured has none.</summary>
    public SortedDictionary<string, double> Values()
    {
        SortedDictionary<string, double> values = new(StringComparer.Ordinal);
        void Add(string name, double? value)
        {
            if (value is { } v)
                values[name] = v;
        }
        Add("NLR", Neutrophils is { } n && Lymphocytes is { } l ? ClinicalIndices.Nlr(n, l) : null);
        Add("PLR", Platelets is { } p && Lymphocytes is { } l2 ? ClinicalIndices.Plr(p, l2) : null);
        Add("SII", Platelets is { } p3 && Neutrophils is { } n3 && Lymphocytes is { } l3 ? ClinicalIndices.Sii(p3, n3, l3) : null);
        Add("ALBI", Albumin is { } a && Bilirubin is { } b ? ClinicalIndices.Albi(a, b) : null);
        Add("log_AFP", Afp is { } afp ? ClinicalIndices.LogAfp(afp) : null);
        Add("age", Age);
        Add("sex_male", Flag(Male));
        Add("child_pugh", ChildPugh);
        Add("ALT", Alt);
        Add("albumin", Albumin);
        Add("bilirubin", Bilirubin);
        Add("platelets", Platelets);
        Add("ECOG", Ecog);
        Add("PVTT", Flag(Pvtt));
        Add("HBV", Flag(Hbv));
        return values;
    }

    private static double? Flag(bool? flag) => flag is { } f ? (f ? 1 : 0) : null;
}
