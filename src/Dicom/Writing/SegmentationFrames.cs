using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Dimensions and functional groups of a segmentation (PS3.3, C.7.6.16 and C.7.6.17), and its references to the images.</summary>
internal static class SegmentationFrames
{
    private static readonly CodedConcept SegmentationDerivation = new("113076", "DCM", "Segmentation");
    private static readonly CodedConcept SourceImagePurpose = new("121322", "DCM", "Source image for image processing operation");

    /// <summary>Writes them for frames in the order given.</summary>
    public static void Write(
        DicomDataset dataset, string dimensionUid, Geometry grid, IReadOnlyList<DicomInstance> images, List<(int Segment, int Slice)> frames)
    {
        dataset.SetSequence(DicomTags.DimensionOrganizationSequence, new DicomDataset().SetString(DicomTags.DimensionOrganizationUID, dimensionUid))
            .SetSequence(DicomTags.DimensionIndexSequence,
                Dimension(dimensionUid, DicomTags.ReferencedSegmentNumber, DicomTags.SegmentIdentificationSequence),
                Dimension(dimensionUid, DicomTags.ImagePositionPatient, DicomTags.PlanePositionSequence))
            .SetSequence(DicomTags.SharedFunctionalGroupsSequence, SharedGroups(grid))
            .SetSequence(DicomTags.PerFrameFunctionalGroupsSequence, [.. frames.Select(f => FrameGroups(grid, images[f.Slice], f.Segment, f.Slice))])
            .SetSequence(DicomTags.ReferencedSeriesSequence, new DicomDataset()
                .SetString(DicomTags.SeriesInstanceUID, images[0].SeriesInstanceUid)
                .SetSequence(DicomTags.ReferencedInstanceSequence,
                    [.. frames.Select(f => f.Slice).Distinct().Order().Select(z => Reference(images[z]))]));
    }

    private static DicomDataset Dimension(string uid, DicomTag index, DicomTag group) => new DicomDataset()
        .SetString(DicomTags.DimensionOrganizationUID, uid)
        .SetTag(DicomTags.DimensionIndexPointer, index)
        .SetTag(DicomTags.FunctionalGroupPointer, group);

    private static DicomDataset SharedGroups(Geometry grid) => new DicomDataset()
        .SetSequence(DicomTags.PlaneOrientationSequence, new DicomDataset().SetNumber(DicomTags.ImageOrientationPatient,
            grid.XAxis.X, grid.XAxis.Y, grid.XAxis.Z, grid.YAxis.X, grid.YAxis.Y, grid.YAxis.Z))
        .SetSequence(DicomTags.PixelMeasuresSequence, new DicomDataset()
            .SetNumber(DicomTags.SliceThickness, grid.SpacingMm.Z)
            .SetNumber(DicomTags.SpacingBetweenSlices, grid.SpacingMm.Z)
            .SetNumber(DicomTags.PixelSpacing, grid.SpacingMm.Y, grid.SpacingMm.X));

    private static DicomDataset FrameGroups(Geometry grid, DicomInstance image, int segment, int slice)
    {
        Vector3D position = grid.ToPatient(0, 0, slice);
        return new DicomDataset()
            .SetSequence(DicomTags.DerivationImageSequence, new DicomDataset()
                .SetSequence(DicomTags.SourceImageSequence, Reference(image)
                    .SetString(DicomTags.SpatialLocationsPreserved, "YES")
                    .SetSequence(DicomTags.PurposeOfReferenceCodeSequence, SourceImagePurpose.ToItem()))
                .SetSequence(DicomTags.DerivationCodeSequence, SegmentationDerivation.ToItem()))
            .SetSequence(DicomTags.FrameContentSequence, new DicomDataset().SetNumber(DicomTags.DimensionIndexValues, segment + 1, slice + 1))
            .SetSequence(DicomTags.PlanePositionSequence, new DicomDataset().SetNumber(DicomTags.ImagePositionPatient, position.X, position.Y, position.Z))
            .SetSequence(DicomTags.SegmentIdentificationSequence, new DicomDataset().SetNumber(DicomTags.ReferencedSegmentNumber, segment + 1));
    }

    private static DicomDataset Reference(DicomInstance image) => new DicomDataset()
        .SetString(DicomTags.ReferencedSOPClassUID, image.SopClassUid)
        .SetString(DicomTags.ReferencedSOPInstanceUID, image.SopInstanceUid);
}
