using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>One region on one image.</summary>
/// <param name="Image">Intensities as stored.</param>
/// <param name="Mask">The region on the same grid.</param>
internal sealed record MeasuredRegion(Volume<float> Image, Volume<byte> Mask)
{
    /// <summary>From stored intensities to the unit of the sequence. Applied to the results, not the voxels, wherever that is the same:
    /// stored whole numbers are exact, and means keep all their digits.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Reference tissue on the same grid, where there is one.</summary>
    public Volume<byte>? Reference { get; init; }

    /// <summary>Whether voxels without a value (NaN) leave the region; else they are refused.</summary>
    public bool LeaveOutWithoutValue { get; init; }
}
