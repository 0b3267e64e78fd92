namespace HccPipeline.Contracts;

/// <summary>What a series shows.</summary>
public enum Sequence
{
    /// <summary>T2-weighted; arbitrary units.</summary>
    T2,

    /// <summary>Diffusion-weighted, one or several b-values (s/mm²).</summary>
    Dwi,

    /// <summary>Apparent diffusion coefficient map; 10⁻³ mm²/s once read.</summary>
    Adc,

    /// <summary>T1-weighted before contrast.</summary>
    T1Pre,

    /// <summary>T1-weighted, arterial phase.</summary>
    T1Arterial,

    /// <summary>T1-weighted, portal venous phase.</summary>
    T1Portal,

    /// <summary>T1-weighted, delayed or hepatobiliary phase.</summary>
    T1Delayed,

    /// <summary>Segmentation of another series.</summary>
    Segmentation,
}
