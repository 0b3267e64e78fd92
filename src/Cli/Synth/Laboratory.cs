namespace HccPipeline.Cli.Synth;

/// <summary>Blood values before treatment, as they stand in the clinical table.</summary>
public sealed record Laboratory
{
    /// <summary>Neutrophils, 10⁹/L.</summary>
    public required double Neutrophils { get; init; }

    /// <summary>Lymphocytes, 10⁹/L.</summary>
    public required double Lymphocytes { get; init; }

    /// <summary>Platelets, 10⁹/L.</summary>
    public required double Platelets { get; init; }

    /// <summary>Albumin, g/L.</summary>
    public required double AlbuminGPerL { get; init; }

    /// <summary>Total bilirubin, µmol/L.</summary>
    public required double BilirubinUmolPerL { get; init; }

    /// <summary>Alpha-fetoprotein, ng/mL.</summary>
    public required double AfpNgPerMl { get; init; }

    /// <summary>Alanine aminotransferase, U/L.</summary>
    public required double AltUPerL { get; init; }

    /// <summary>Neutrophil-to-lymphocyte ratio of the stored values.</summary>
    public double Nlr => Neutrophils / Lymphocytes;
}
