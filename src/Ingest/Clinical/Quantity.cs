namespace HccPipeline.Ingest.Clinical;

/// <summary>A measured quantity of the clinical table with the range in which a value can be believed.</summary>
/// <param name="Column">Column name; it ends in the unit.</param>
/// <param name="Meaning">What is measured.</param>
/// <param name="Unit">Unit, for messages.</param>
/// <param name="Minimum">Smallest value accepted.</param>
/// <param name="Maximum">Largest value accepted.</param>
/// <param name="Confusions">Units that the value is given in by mistake.</param>
internal sealed record Quantity(
    string Column, string Meaning, string Unit, double Minimum, double Maximum, params IReadOnlyList<UnitConfusion> Confusions)
{
    /// <summary>Null when the value can be believed, else what is wrong with it, with the likely unit mistake.</summary>
    public string? Doubt(double value)
    {
        if (value >= Minimum && value <= Maximum)
            return null;
        string text = $"{value:R} is outside {Minimum:R} to {Maximum:R} {Unit}";
        foreach (UnitConfusion confusion in Confusions)
        {
            double converted = value * confusion.Factor;
            if (converted >= Minimum && converted <= Maximum)
                return $"{text}; it looks like {confusion.Unit}: {converted:G6} {Unit} would be believed";
        }
        return text;
    }
}

/// <summary>A unit that is easily taken for the right one.</summary>
/// <param name="Unit">The other unit.</param>
/// <param name="Factor">What a value in the other unit is multiplied by.</param>
internal sealed record UnitConfusion(string Unit, double Factor);

/// <summary>The measured quantities of the clinical table.</summary>
internal static class Quantities
{
    private static readonly UnitConfusion PerMicrolitre = new("cells per µL, 1000 times too large", 1e-3);
    private static readonly UnitConfusion PerLitre = new("cells per L, 10⁹ times too large", 1e-9);

    public static readonly Quantity Neutrophils = new("neutrophils_10e9_per_l", "neutrophils", "10⁹/L", 0.1, 100, PerMicrolitre, PerLitre);
    public static readonly Quantity Lymphocytes = new("lymphocytes_10e9_per_l", "lymphocytes", "10⁹/L", 0.05, 100, PerMicrolitre, PerLitre);
    public static readonly Quantity Platelets = new("platelets_10e9_per_l", "platelets", "10⁹/L", 5, 2000, PerMicrolitre, PerLitre);
    public static readonly Quantity Albumin = new("albumin_g_per_l", "albumin", "g/L", 10, 70,
        new UnitConfusion("g/dL, 10 times too small", 10), new UnitConfusion("mg/L, 1000 times too large", 1e-3));
    public static readonly Quantity Bilirubin = new("bilirubin_umol_per_l", "total bilirubin", "µmol/L", 2, 1000,
        new UnitConfusion("mg/dL, 17.1 times too small", 17.1));
    public static readonly Quantity Afp = new("afp_ng_per_ml", "α-fetoprotein", "ng/mL", 0.1, 5_000_000,
        new UnitConfusion("mg/L, 1000 times too small", 1e3));
    public static readonly Quantity Alt = new("alt_u_per_l", "alanine aminotransferase", "U/L", 1, 10_000,
        new UnitConfusion("µkat/L, 60 times too small", 60));
    public static readonly Quantity Age = new("age_years", "age at treatment start", "years", 10, 110,
        new UnitConfusion("months", 1 / 12.0), new UnitConfusion("days", 1 / 365.25));
    public static readonly Quantity PfsMonths = new("pfs_months", "progression-free survival from treatment start", "months", 0, 240,
        new UnitConfusion("days", 1 / 30.4375));

    public static readonly IReadOnlyList<Quantity> All =
        [Neutrophils, Lymphocytes, Platelets, Albumin, Bilirubin, Afp, Alt, Age, PfsMonths];
}
