using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Makes a binary segmentation object (PS3.3, A.51): one frame for each slice in which a segment has a voxel.</summary>
public static class SegmentationWriter
{
    /// <summary>The segmentation of a series.</summary>
    /// <param name="study">Patient and study of the images.</param>
    /// <param name="description">The object.</param>
    /// <param name="images">The segmented images, one for each slice in the order of z, as <see cref="MrImageWriter.Create"/> gives them.</param>
    /// <param name="segments">The segments, numbered from 1 in this order; all masks on the grid of the images.</param>
    /// <exception cref="ArgumentException">Masks and images do not belong together, or no segment has a voxel.</exception>
    public static DicomInstance Create(
        StudyDescription study, SegmentationDescription description, IReadOnlyList<DicomInstance> images, IReadOnlyList<SegmentToWrite> segments)
    {
        Geometry grid = RequireOneGrid(images, segments);
        List<(int Segment, int Slice)> frames = FramesOf(segments, grid);
        DicomDataset dataset = new();
        study.WriteTo(dataset);
        description.Equipment.WriteTo(dataset);
        WriteSeries(dataset, study, description, images[0].Dataset);
        WriteImage(dataset, grid, segments, frames);
        SegmentationFrames.Write(dataset, description.DimensionOrganizationUid, grid, images, frames);
        return new DicomInstance(dataset);
    }

    private static Geometry RequireOneGrid(IReadOnlyList<DicomInstance> images, IReadOnlyList<SegmentToWrite> segments)
    {
        if (segments.Count == 0)
            throw new ArgumentException("A segmentation needs a segment.", nameof(segments));
        Geometry grid = segments[0].Mask.Geometry;
        if (segments.Any(s => !s.Mask.Geometry.Coincides(grid)))
            throw new ArgumentException("The masks lie on different grids; resample them to that of the images.", nameof(segments));
        return grid.SizeZ == images.Count ? grid
            : throw new ArgumentException($"The masks have {grid.SizeZ} slices, but there are {images.Count} images.", nameof(images));
    }

    private static List<(int Segment, int Slice)> FramesOf(IReadOnlyList<SegmentToWrite> segments, Geometry grid)
    {
        List<(int, int)> frames = [];
        for (int s = 0; s < segments.Count; s++)
        {
            for (int z = 0; z < grid.SizeZ; z++)
            {
                if (segments[s].Mask.Slice(z).ContainsAnyExcept((byte)0))
                    frames.Add((s, z));
            }
        }
        return frames.Count > 0 ? frames : throw new ArgumentException("No segment has a voxel.", nameof(segments));
    }

    private static void WriteSeries(DicomDataset dataset, StudyDescription study, SegmentationDescription description, DicomDataset image)
    {
        string time = DicomTime.Format(study.StudyTime);
        dataset.SetString(DicomTags.SOPClassUID, DicomUids.SegmentationStorage)
            .SetString(DicomTags.SOPInstanceUID, description.SopInstanceUid)
            .SetString(DicomTags.Modality, "SEG")
            .SetString(DicomTags.SeriesInstanceUID, description.SeriesInstanceUid)
            .SetNumber(DicomTags.SeriesNumber, description.SeriesNumber)
            .SetString(DicomTags.SeriesDescription, description.Description)
            .SetDate(DicomTags.SeriesDate, study.StudyDate)
            .SetString(DicomTags.SeriesTime, time)
            .SetDate(DicomTags.ContentDate, study.StudyDate)
            .SetString(DicomTags.ContentTime, time)
            .SetNumber(DicomTags.InstanceNumber, 1)
            .SetString(DicomTags.FrameOfReferenceUID, image.GetString(DicomTags.FrameOfReferenceUID))
            .SetEmpty(DicomTags.PositionReferenceIndicator)
            .SetString(DicomTags.ContentLabel, description.ContentLabel)
            .SetEmpty(DicomTags.ContentDescription)
            .SetEmpty(DicomTags.ContentCreatorName);
    }

    private static void WriteImage(DicomDataset dataset, Geometry grid, IReadOnlyList<SegmentToWrite> segments, List<(int Segment, int Slice)> frames)
    {
        dataset.SetString(DicomTags.ImageType, "DERIVED", "PRIMARY")
            .SetNumber(DicomTags.SamplesPerPixel, 1)
            .SetString(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .SetNumber(DicomTags.NumberOfFrames, frames.Count)
            .SetNumber(DicomTags.Rows, grid.SizeY)
            .SetNumber(DicomTags.Columns, grid.SizeX)
            .SetNumber(DicomTags.BitsAllocated, 1)
            .SetNumber(DicomTags.BitsStored, 1)
            .SetNumber(DicomTags.HighBit, 0)
            .SetNumber(DicomTags.PixelRepresentation, 0)
            .SetString(DicomTags.LossyImageCompression, "00")
            .SetString(DicomTags.SegmentationType, "BINARY")
            .SetSequence(DicomTags.SegmentSequence, [.. segments.Select((s, i) => SegmentItem(s, i + 1))])
            .SetBytes(DicomTags.PixelData, DicomVr.OB, Pack(grid, segments, frames));
    }

    private static DicomDataset SegmentItem(SegmentToWrite segment, int number) => new DicomDataset()
        .SetSequence(DicomTags.SegmentedPropertyCategoryCodeSequence, segment.Category.ToItem())
        .SetNumber(DicomTags.SegmentNumber, number)
        .SetString(DicomTags.SegmentLabel, segment.Label)
        .SetString(DicomTags.SegmentAlgorithmType, "MANUAL")
        .SetSequence(DicomTags.SegmentedPropertyTypeCodeSequence, segment.Type.ToItem());

    /// <summary>Bits of all frames without gaps, the first pixel in the lowest bit (PS3.5, 8.1.1).</summary>
    private static byte[] Pack(Geometry grid, IReadOnlyList<SegmentToWrite> segments, List<(int Segment, int Slice)> frames)
    {
        long frameBits = (long)grid.SizeX * grid.SizeY;
        byte[] bytes = new byte[(frameBits * frames.Count + 7) / 8];
        long bit = 0;
        foreach ((int segment, int slice) in frames)
        {
            foreach (byte voxel in segments[segment].Mask.Slice(slice))
            {
                if (voxel != 0)
                    bytes[bit >> 3] |= (byte)(1 << (int)(bit & 7));
                bit++;
            }
        }
        return bytes;
    }
}
