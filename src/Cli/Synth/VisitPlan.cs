namespace HccPipeline.Cli.Synth;

/// <summary>What is true of one visit of a patient: the values that the images are made to hold.</summary>
public sealed record VisitPlan
{
    /// <summary>Day of the examination.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>T2 signal intensity ratio: mean of the lesion over mean of the paraspinal muscle.</summary>
    public required double T2Sir { get; init; }

    /// <summary>Coefficient of variation of T2 inside the lesion.</summary>
    public required double T2Variation { get; init; }

    /// <summary>Mean ADC of the lesion, 10⁻³ mm²/s.</summary>
    public required double AdcMean { get; init; }

    /// <summary>Standard deviation of the ADC inside the lesion, 10⁻³ mm²/s.</summary>
    public required double AdcDeviation { get; init; }

    /// <summary>Asymmetry of the ADC inside the lesion: weight of the squared texture; 0 is symmetric.</summary>
    public required double AdcAsymmetry { get; init; }

    /// <summary>Volume of the lesion, mm³.</summary>
    public required double LesionVolumeMm3 { get; init; }
}
