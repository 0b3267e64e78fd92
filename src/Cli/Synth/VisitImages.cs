using HccPipeline.Imaging;

namespace HccPipeline.Cli.Synth;

/// <summary>The images of one visit, before they become files.</summary>
public sealed record VisitImages
{
    /// <summary>T2, stored intensities (whole numbers).</summary>
    public required Volume<float> T2 { get; init; }

    /// <summary>Diffusion by b-value, s/mm², in rising order; stored intensities.</summary>
    public required IReadOnlyList<(int BValue, Volume<float> Image)> Diffusion { get; init; }

    /// <summary>ADC in 10⁻⁶ mm²/s, the integer scale that vendors store.</summary>
    public required Volume<float> Adc { get; init; }

    /// <summary>The lesion on the T2 grid and on the diffusion grid.</summary>
    public required (Volume<byte> OnT2, Volume<byte> OnAdc) Lesion { get; init; }

    /// <summary>The muscle reference on the T2 grid and on the diffusion grid.</summary>
    public required (Volume<byte> OnT2, Volume<byte> OnAdc) Muscle { get; init; }
}
