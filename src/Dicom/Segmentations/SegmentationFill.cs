using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Puts the frames of a segmentation into masks.</summary>
internal static class SegmentationFill
{
    /// <summary>Sets the voxels that each frame marks.</summary>
    public static void Fill(DicomDataset dataset, IReadOnlyDictionary<int, Segment> segments, Geometry grid, double fractionThreshold)
    {
        PixelLayout layout = PixelLayout.Of(dataset);
        string type = dataset.GetString(DicomTags.SegmentationType);
        int threshold = ThresholdOf(dataset, type, layout, fractionThreshold);
        ushort[] samples = new ushort[layout.FrameSamples];
        for (int frame = 0; frame < layout.Frames; frame++)
        {
            int z = SegmentationGrid.SliceOf(FramePlane.Of(dataset, frame), grid, frame);
            PixelReader.ReadUnsigned(dataset, layout, frame, samples);
            if (type == "LABELMAP")
                SetLabels(segments, samples, z);
            else
                SetMarked(SegmentOf(dataset, frame, segments).Mask.Slice(z), samples, threshold);
        }
    }

    private static int ThresholdOf(DicomDataset dataset, string type, in PixelLayout layout, double fraction)
    {
        bool sensible = layout.SamplesPerPixel == 1 && type switch
        {
            "BINARY" => layout.BitsAllocated is 1 or 8,
            "FRACTIONAL" => layout.BitsAllocated == 8,
            "LABELMAP" => layout.BitsAllocated is 8 or 16,
            _ => false,
        };
        if (!sensible)
            throw new DicomFileException(DicomFault.UnsupportedPixels, $"A {type} segmentation of {layout.BitsAllocated} bits can't be read; write it as BINARY, FRACTIONAL or LABELMAP.");
        if (type != "FRACTIONAL")
            return 1;
        if (!(fraction > 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The threshold is a part of the maximum, above 0 to 1.");
        return (int)Math.Ceiling(fraction * dataset.GetInt(DicomTags.MaximumFractionalValue));
    }

    private static Segment SegmentOf(DicomDataset dataset, int frame, IReadOnlyDictionary<int, Segment> segments)
    {
        int number = FunctionalGroups.Get(dataset, frame, DicomTags.SegmentIdentificationSequence).GetInt(DicomTags.ReferencedSegmentNumber);
        return segments.TryGetValue(number, out Segment? segment) ? segment
            : throw new DicomFileException(DicomFault.InvalidValue, $"Frame {frame + 1} belongs to segment {number}, which the segmentation does not describe; write it again.");
    }

    private static void SetMarked(Span<byte> slice, ushort[] samples, int threshold)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if (samples[i] >= threshold)
                slice[i] = 1;
        }
    }

    private static void SetLabels(IReadOnlyDictionary<int, Segment> segments, ushort[] samples, int z)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            // Values without a description are the background (PS3.3, C.8.20.2.3).
            if (samples[i] != 0 && segments.TryGetValue(samples[i], out Segment? segment))
                segment.Mask.Slice(z)[i] = 1;
        }
    }
}
