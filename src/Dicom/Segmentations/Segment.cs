using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>One segment of a segmentation object.</summary>
/// <param name="Number">Segment Number (0062,0004).</param>
/// <param name="Label">Segment Label (0062,0005); empty where it was removed.</param>
/// <param name="Category">Segmented property category (0062,0003), or null.</param>
/// <param name="Type">Segmented property type (0062,000F), or null.</param>
/// <param name="Mask">1 inside, 0 outside.</param>
public sealed record Segment(int Number, string Label, CodedConcept? Category, CodedConcept? Type, Volume<byte> Mask);
