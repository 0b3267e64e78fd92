namespace HccPipeline.Ingest.Classification;

/// <summary>What one image shows, as far as its own attributes tell; the phase of a T1 image may need the rest of the study.</summary>
public enum ImageKind
{
    /// <summary>T2-weighted.</summary>
    T2,

    /// <summary>Diffusion-weighted.</summary>
    Dwi,

    /// <summary>Apparent diffusion coefficient map.</summary>
    Adc,

    /// <summary>T1-weighted, said to be before contrast.</summary>
    T1Pre,

    /// <summary>T1-weighted, said to be arterial.</summary>
    T1Arterial,

    /// <summary>T1-weighted, said to be portal venous.</summary>
    T1Portal,

    /// <summary>T1-weighted, said to be delayed or hepatobiliary.</summary>
    T1Delayed,

    /// <summary>T1-weighted, nothing said of contrast.</summary>
    T1,

    /// <summary>T1-weighted with contrast, phase not said.</summary>
    T1Enhanced,
}

/// <summary>What an image was taken for, and why.</summary>
/// <param name="Kind">Null for an image that the pipeline does not use or can't tell.</param>
/// <param name="Reason">The attribute that decided, for logs; never free text of the file.</param>
public sealed record SequenceGuess(ImageKind? Kind, string Reason)
{
    /// <summary>Diffusion weighting of a diffusion image, s/mm²; null where nothing tells it, and for other images.</summary>
    public double? BValue { get; init; }
}
