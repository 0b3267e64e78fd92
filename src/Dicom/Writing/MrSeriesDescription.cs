namespace HccPipeline.Dicom;

/// <summary>What describes a series of classic MR images.</summary>
public sealed record MrSeriesDescription
{
    /// <summary>Series Instance UID (0020,000E); at most 58 characters, for the images add their number to it.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Frame of Reference UID (0020,0052).</summary>
    public required string FrameOfReferenceUid { get; init; }

    /// <summary>Series Number (0020,0011).</summary>
    public required int SeriesNumber { get; init; }

    /// <summary>Series Description (0008,103E).</summary>
    public required string Description { get; init; }

    /// <summary>Protocol Name (0018,1030).</summary>
    public string ProtocolName { get; init; } = "";

    /// <summary>The scanner.</summary>
    public required Equipment Equipment { get; init; }

    /// <summary>Image Type (0008,0008).</summary>
    public IReadOnlyList<string> ImageType { get; init; } = ["ORIGINAL", "PRIMARY", "OTHER"];

    /// <summary>Scanning Sequence (0018,0020): SE, GR, IR, EP, RM.</summary>
    public IReadOnlyList<string> ScanningSequence { get; init; } = ["SE"];

    /// <summary>Sequence Variant (0018,0021), as SK or NONE.</summary>
    public IReadOnlyList<string> SequenceVariant { get; init; } = ["NONE"];

    /// <summary>Magnetic Field Strength (0018,0087), T.</summary>
    public double FieldStrengthTesla { get; init; } = 1.5;

    /// <summary>Repetition Time (0018,0080), ms.</summary>
    public double RepetitionTimeMs { get; init; } = 4000;

    /// <summary>Echo Time (0018,0081), ms.</summary>
    public double EchoTimeMs { get; init; } = 80;

    /// <summary>Flip Angle (0018,1314), degrees.</summary>
    public double FlipAngleDegrees { get; init; } = 90;

    /// <summary>Echo Train Length (0018,0091).</summary>
    public int EchoTrainLength { get; init; } = 1;

    /// <summary>Diffusion b-value (0018,9087), s/mm²; null where the series is not diffusion weighted.</summary>
    public double? BValue { get; init; }

    /// <summary>Contrast/Bolus Agent (0018,0010); empty where none was given.</summary>
    public string ContrastAgent { get; init; } = "";

    /// <summary>Slice Thickness (0018,0050), mm; null for the distance between slices.</summary>
    public double? SliceThicknessMm { get; init; }

    /// <summary>Series Time (0008,0031).</summary>
    public TimeOnly SeriesTime { get; init; } = new(10, 5);
}
