using System.Text.Json.Serialization;
using HccPipeline.Contracts;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Planning;

/// <summary>
/// What one brick has to do: the regions of one segmentation on one image series, or on the phases of a contrast agent. Stored as canonical JSON with the brick, so that any
/// node can do it from blobs alone.
/// </summary>
public sealed record BrickWork
{
    /// <summary>What the images show: <see cref="Sequence.T2"/>, <see cref="Sequence.Adc"/>, <see cref="Sequence.Dwi"/> to be fitted, or
    /// <see cref="Sequence.T1Arterial"/> for its enhancement over the other phases.</summary>
    public required Sequence Sequence { get; init; }

    /// <summary>Image files.</summary>
    public required IReadOnlyList<ImageFile> Images { get; init; }

    /// <summary>Key of the segmentation file.</summary>
    public required string SegmentationSha256 { get; init; }

    /// <summary>Segments to measure.</summary>
    public required IReadOnlyList<SegmentContent> Segments { get; init; }
}

/// <summary>One image file of a brick.</summary>
/// <param name="BlobSha256">Its key.</param>
/// <param name="BValue">Diffusion weighting, s/mm², where the series is diffusion-weighted.</param>
/// <param name="Phase">Phase of its series, where enhancement is measured.</param>
public sealed record ImageFile(
    string BlobSha256, double? BValue, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Sequence? Phase = null);
