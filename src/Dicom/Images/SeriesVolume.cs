using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>A series of images as one volume.</summary>
/// <remarks>
/// Values are stored pixels times Rescale Slope (0028,1053) plus Rescale Intercept (0028,1052), slice by slice, of the image or, in
/// enhanced objects, of its pixel value transformation; 1 and 0 where absent. Nothing else is applied: no real-world value mapping (its
/// unit may differ from that of the rest of a cohort) and no private scale slope of a vendor (Philips' (2005,100E)), whose floating
/// values differ from these by a factor per series, which ratios and normalised features do not see.
/// </remarks>
public sealed record SeriesVolume
{
    /// <summary>Values and grid; z runs along row × column.</summary>
    public required Volume<float> Volume { get; init; }

    /// <summary>Frame of Reference UID (0020,0052); empty where the images have none.</summary>
    public required string FrameOfReferenceUid { get; init; }

    /// <summary>SOP Instance UID of the image of each slice, in the order of z.</summary>
    public required IReadOnlyList<string> SopInstanceUids { get; init; }

    /// <summary>Makes a volume of classic single-frame or enhanced multi-frame images, given in any order.</summary>
    /// <param name="instances">The images of one series, read with their pixels; at least one.</param>
    /// <exception cref="DicomFileException">The images are no regular stack of grey slices; the fault says why, the message where.</exception>
    public static SeriesVolume Read(IReadOnlyList<DicomInstance> instances)
    {
        if (instances.Count == 0)
            throw new DicomFileException(DicomFault.NoPixelData, "The series has no images; give the folder of the images.");
        List<(DicomInstance Instance, int Frame)> frames = [];
        List<FramePlane> planes = [];
        string frameOfReference = instances[0].Dataset.GetStringOr(DicomTags.FrameOfReferenceUID, "");
        foreach (DicomInstance instance in instances)
        {
            int count = PixelReader.RequireGrey(instance.Dataset).Frames;
            if (count > 1 && !FunctionalGroups.Has(instance.Dataset))
                throw new DicomFileException(DicomFault.UnsupportedObject, "A multi-frame image without functional groups does not say where its frames lie; export it as single or enhanced images.");
            if (instance.Dataset.GetStringOr(DicomTags.FrameOfReferenceUID, "") != frameOfReference)
                throw new DicomFileException(DicomFault.InconsistentSeries, "The slices lie in different frames of reference; split the series.");
            for (int f = 0; f < count; f++)
            {
                frames.Add((instance, f));
                planes.Add(FramePlane.Of(instance.Dataset, f));
            }
        }
        (Geometry grid, int[] order) = SliceStack.Arrange(planes, SingleSliceSpacing(instances[0].Dataset));
        Volume<float> volume = new(grid);
        for (int z = 0; z < order.Length; z++)
            ReadSlice(frames[order[z]].Instance.Dataset, frames[order[z]].Frame, volume.Slice(z));
        return new SeriesVolume
        {
            Volume = volume,
            FrameOfReferenceUid = frameOfReference,
            SopInstanceUids = [.. order.Select(i => frames[i].Instance.SopInstanceUid)],
        };
    }

    private static void ReadSlice(DicomDataset dataset, int frame, Span<float> target)
    {
        DicomDataset? scale = FunctionalGroups.Has(dataset)
            ? FunctionalGroups.Find(dataset, frame, DicomTags.PixelValueTransformationSequence)
            : dataset;
        double slope = scale?.GetDoubleOr(DicomTags.RescaleSlope, 1) ?? 1;
        double intercept = scale?.GetDoubleOr(DicomTags.RescaleIntercept, 0) ?? 0;
        if (!double.IsFinite(slope) || !double.IsFinite(intercept) || slope == 0)
            throw new DicomFileException(DicomFault.InvalidValue, $"The rescale slope {slope} and intercept {intercept} make no sense; export the series again.");
        PixelReader.ReadScaled(dataset, PixelLayout.Of(dataset), frame, slope, intercept, target);
    }

    private static double SingleSliceSpacing(DicomDataset dataset)
    {
        DicomDataset measures = FunctionalGroups.Find(dataset, 0, DicomTags.PixelMeasuresSequence) ?? dataset;
        double spacing = measures.GetDoubleOr(DicomTags.SpacingBetweenSlices, measures.GetDoubleOr(DicomTags.SliceThickness, 1));
        return spacing > 0 ? spacing : 1;
    }
}
