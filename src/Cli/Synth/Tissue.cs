namespace HccPipeline.Cli.Synth;

/// <summary>What fills a point of the phantom.</summary>
public enum Tissue : byte
{
    /// <summary>Outside the body, and gas.</summary>
    Air,

    /// <summary>Subcutaneous and visceral fat.</summary>
    Fat,

    /// <summary>Muscle of the abdominal wall and the back.</summary>
    Muscle,

    /// <summary>Liver parenchyma.</summary>
    Liver,

    /// <summary>Veins of the liver.</summary>
    LiverVein,

    /// <summary>Spleen.</summary>
    Spleen,

    /// <summary>Bone marrow of the vertebra.</summary>
    Marrow,

    /// <summary>Cerebrospinal fluid.</summary>
    Csf,

    /// <summary>Spinal cord.</summary>
    Cord,

    /// <summary>Kidney.</summary>
    Kidney,

    /// <summary>Gallbladder.</summary>
    Gallbladder,

    /// <summary>Contents of the stomach.</summary>
    Stomach,

    /// <summary>Bowel.</summary>
    Bowel,

    /// <summary>Aorta and inferior vena cava.</summary>
    Vessel,

    /// <summary>Lung.</summary>
    Lung,

    /// <summary>Heart.</summary>
    Heart,

    /// <summary>The lesion.</summary>
    Lesion,
}

/// <summary>How a tissue looks on fat-suppressed T2 and on diffusion.</summary>
/// <param name="T2">T2 signal, muscle = 1.</param>
/// <param name="Texture">Relative amplitude of the texture.</param>
/// <param name="Diffusion">Signal at b = 0, muscle = 1.</param>
/// <param name="Adc">ADC, 10⁻³ mm²/s.</param>
internal readonly record struct TissueContrast(float T2, float Texture, float Diffusion, float Adc)
{
    // Plausible orders of magnitude for 1.5 T and 3 T, not measurements. The lesion's values come from the plan.
    private static readonly TissueContrast[] Table =
    [
        new(0, 0, 0, 0),
        new(0.55f, 0.10f, 0.20f, 0.25f),
        new(1.00f, 0.07f, 1.00f, 1.55f),
        new(1.45f, 0.06f, 1.40f, 1.25f),
        new(0.75f, 0.05f, 1.10f, 1.90f),
        new(2.40f, 0.05f, 2.60f, 0.85f),
        new(0.85f, 0.10f, 0.45f, 0.50f),
        new(4.60f, 0.04f, 4.50f, 3.00f),
        new(2.00f, 0.04f, 2.20f, 1.00f),
        new(2.70f, 0.07f, 2.80f, 2.00f),
        new(4.90f, 0.03f, 4.80f, 3.00f),
        new(2.60f, 0.10f, 2.00f, 2.30f),
        new(1.60f, 0.14f, 1.50f, 1.70f),
        new(0.30f, 0.15f, 0.40f, 2.40f),
        new(0.12f, 0.20f, 0.05f, 0.00f),
        new(1.20f, 0.12f, 0.60f, 2.00f),
        new(1.00f, 0.00f, 1.00f, 1.00f),
    ];

    public static TissueContrast Of(Tissue tissue) => Table[(int)tissue];
}
