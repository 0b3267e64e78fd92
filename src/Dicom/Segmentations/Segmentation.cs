using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Segments of a DICOM segmentation object: BINARY, FRACTIONAL (by threshold) or LABELMAP.</summary>
public sealed record Segmentation
{
    /// <summary>Frame of Reference UID (0020,0052).</summary>
    public required string FrameOfReferenceUid { get; init; }

    /// <summary>The segments in the order of their numbers; all masks on one grid.</summary>
    public required IReadOnlyList<Segment> Segments { get; init; }

    /// <summary>Reads the segments onto the grid of the images.</summary>
    /// <param name="instance">The segmentation, read with its pixels.</param>
    /// <param name="grid">Grid of the referenced series.</param>
    /// <param name="frameOfReferenceUid">Frame of reference of the referenced series.</param>
    /// <param name="fractionThreshold">For FRACTIONAL: a voxel is inside from this part of the maximum value on, above 0 to 1.</param>
    /// <exception cref="DicomFileException">
    /// <see cref="DicomFault.FrameOfReferenceMismatch"/> or <see cref="DicomFault.GridMismatch"/>: it does not belong to these images.
    /// </exception>
    public static Segmentation Read(DicomInstance instance, Geometry grid, string frameOfReferenceUid, double fractionThreshold = 0.5)
    {
        string own = RequireSegmentation(instance);
        if (!string.Equals(own, frameOfReferenceUid, StringComparison.Ordinal))
        {
            throw new DicomFileException(DicomFault.FrameOfReferenceMismatch,
                $"The segmentation lies in frame of reference {own}, the images in {(frameOfReferenceUid.Length > 0 ? frameOfReferenceUid : "none")}; segment these images, or give the images that were segmented.");
        }
        return Read(instance.Dataset, own, grid, fractionThreshold);
    }

    /// <summary>Reads the segments onto the segmentation's own grid, that of its frames from the first to the last plane.</summary>
    /// <param name="instance">The segmentation, read with its pixels.</param>
    /// <param name="fractionThreshold">For FRACTIONAL: a voxel is inside from this part of the maximum value on, above 0 to 1.</param>
    /// <exception cref="DicomFileException">It is no segmentation, or its planes are no stack.</exception>
    public static Segmentation Read(DicomInstance instance, double fractionThreshold = 0.5)
    {
        string own = RequireSegmentation(instance);
        return Read(instance.Dataset, own, SegmentationGrid.Of(instance.Dataset), fractionThreshold);
    }

    private static Segmentation Read(DicomDataset dataset, string frameOfReferenceUid, Geometry grid, double fractionThreshold)
    {
        SortedDictionary<int, Segment> segments = [];
        foreach (DicomDataset item in dataset.GetSequence(DicomTags.SegmentSequence))
        {
            int number = item.GetInt(DicomTags.SegmentNumber);
            segments[number] = new Segment(number, item.GetStringOr(DicomTags.SegmentLabel, ""),
                CodedConcept.FromItem(item.FirstItem(DicomTags.SegmentedPropertyCategoryCodeSequence)),
                CodedConcept.FromItem(item.FirstItem(DicomTags.SegmentedPropertyTypeCodeSequence)), new Volume<byte>(grid));
        }
        SegmentationFill.Fill(dataset, segments, grid, fractionThreshold);
        return new Segmentation { FrameOfReferenceUid = frameOfReferenceUid, Segments = [.. segments.Values] };
    }

    private static string RequireSegmentation(DicomInstance instance)
    {
        if (instance.SopClassUid is not (DicomUids.SegmentationStorage or DicomUids.LabelMapSegmentationStorage))
            throw new DicomFileException(DicomFault.UnsupportedObject, $"This is no segmentation object but SOP class {instance.SopClassUid}; give the SEG file.");
        PixelReader.RequirePixels(instance.Dataset);
        PixelLayout.RequireComplete(instance.Dataset);
        return instance.Dataset.GetString(DicomTags.FrameOfReferenceUID);
    }
}
