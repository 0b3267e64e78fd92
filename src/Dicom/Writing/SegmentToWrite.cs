using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>One segment of a segmentation to be written.</summary>
/// <param name="Label">Segment Label (0062,0005).</param>
/// <param name="Category">Segmented Property Category Code Sequence (0062,0003).</param>
/// <param name="Type">Segmented Property Type Code Sequence (0062,000F).</param>
/// <param name="Mask">0 or 1 on the grid of the referenced series.</param>
public sealed record SegmentToWrite(string Label, CodedConcept Category, CodedConcept Type, Volume<byte> Mask);

/// <summary>What describes a segmentation object.</summary>
public sealed record SegmentationDescription
{
    /// <summary>Series Instance UID (0020,000E) of the segmentation.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>SOP Instance UID (0008,0018) of the segmentation.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Dimension Organization UID (0020,9164).</summary>
    public required string DimensionOrganizationUid { get; init; }

    /// <summary>Series Number (0020,0011).</summary>
    public required int SeriesNumber { get; init; }

    /// <summary>Series Description (0008,103E).</summary>
    public required string Description { get; init; }

    /// <summary>The program that made it.</summary>
    public required Equipment Equipment { get; init; }

    /// <summary>Content Label (0070,0080): capital letters, digits, spaces and underscores, at most 16.</summary>
    public string ContentLabel { get; init; } = "SEGMENTATION";
}
