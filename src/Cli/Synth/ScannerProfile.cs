namespace HccPipeline.Cli.Synth;

/// <summary>The scanner and protocol of one centre.</summary>
public sealed record ScannerProfile
{
    /// <summary>Manufacturer; plainly synthetic.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Model; plainly synthetic.</summary>
    public required string Model { get; init; }

    /// <summary>Software version; another one after a change of the scanner.</summary>
    public required string Software { get; init; }

    /// <summary>Field strength, T.</summary>
    public required double FieldStrengthTesla { get; init; }

    /// <summary>Stored T2 intensity of muscle.</summary>
    public required double MuscleIntensity { get; init; }

    /// <summary>Standard deviation of the noise in each channel, relative to muscle on T2.</summary>
    public required double Noise { get; init; }

    /// <summary>Columns and rows of a T2 slice.</summary>
    public required (int Columns, int Rows) T2Matrix { get; init; }

    /// <summary>Number of T2 slices.</summary>
    public required int T2Slices { get; init; }

    /// <summary>Columns and rows of a diffusion slice; coarser than T2, as echo-planar imaging is.</summary>
    public required (int Columns, int Rows) DiffusionMatrix { get; init; }

    /// <summary>Number of diffusion slices.</summary>
    public required int DiffusionSlices { get; init; }

    /// <summary>Width of the field of view, mm; pixels are square.</summary>
    public required double FieldOfViewMm { get; init; }

    /// <summary>Extent covered from foot to head, mm.</summary>
    public required double CoverageMm { get; init; }

    /// <summary>Tilt of the slices about the left–right axis, degrees.</summary>
    public required double TiltDegrees { get; init; }

    /// <summary>Echo and repetition time of T2, ms.</summary>
    public required (double Echo, double Repetition) T2TimesMs { get; init; }

    /// <summary>Echo and repetition time of diffusion, ms.</summary>
    public required (double Echo, double Repetition) DiffusionTimesMs { get; init; }

    /// <summary>Description of the T2 series, as this centre's technicians name it.</summary>
    public required string T2Description { get; init; }

    /// <summary>Description of a diffusion series before its b-value.</summary>
    public required string DiffusionDescription { get; init; }

    /// <summary>Factor on the T2 signal intensity ratio; 1 where the scanner has not drifted.</summary>
    public double T2SirFactor { get; init; } = 1;

    /// <summary>Shift of the ADC, 10⁻³ mm²/s; 0 where the scanner has not drifted.</summary>
    public double AdcShift { get; init; }
}
