using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Dimensions and functional groups of a parametric map (PS3.3, A.75 and C.7.6.16), and its references to the source.</summary>
internal static class ParametricMapFrames
{
    private const int LongestLutLabel = 16;
    private static readonly CodedConcept Quantity = new("246205007", "SCT", "Quantity");
    private static readonly CodedConcept SourceImagePurpose = new("121322", "DCM", "Source image for image processing operation");

    /// <summary>Writes them, one frame for each slice of the grid.</summary>
    public static void Write(
        DicomDataset dataset, ParametricMapDescription description, ParametricMapSource source, Geometry grid, ValueRange range, string[] frameType)
    {
        string[] images = [.. source.SopInstanceUids.Distinct(StringComparer.Ordinal)];
        // Where slices and images are the same planes, each frame names its image; elsewhere all frames come from all images.
        bool sliceBySlice = images.Length == grid.SizeZ && source.Grid.Coincides(grid);
        DicomDataset shared = SharedGroups(description, grid, range, frameType);
        if (!sliceBySlice)
            shared.SetSequence(DicomTags.DerivationImageSequence, DerivedFrom(description, source, images));
        dataset.SetSequence(DicomTags.DimensionOrganizationSequence, new DicomDataset().SetString(DicomTags.DimensionOrganizationUID, description.DimensionOrganizationUid))
            .SetSequence(DicomTags.DimensionIndexSequence, new DicomDataset()
                .SetString(DicomTags.DimensionOrganizationUID, description.DimensionOrganizationUid)
                .SetTag(DicomTags.DimensionIndexPointer, DicomTags.ImagePositionPatient)
                .SetTag(DicomTags.FunctionalGroupPointer, DicomTags.PlanePositionSequence))
            .SetSequence(DicomTags.SharedFunctionalGroupsSequence, shared)
            .SetSequence(DicomTags.PerFrameFunctionalGroupsSequence, [.. Enumerable.Range(0, grid.SizeZ).Select(z => sliceBySlice
                ? FrameGroups(grid, z).SetSequence(DicomTags.DerivationImageSequence, DerivedFrom(description, source, images[z..(z + 1)], "YES"))
                : FrameGroups(grid, z))])
            .SetSequence(DicomTags.ReferencedSeriesSequence, new DicomDataset()
                .SetString(DicomTags.SeriesInstanceUID, source.SeriesInstanceUid)
                .SetSequence(DicomTags.ReferencedInstanceSequence, [.. images.Select(i => Reference(source, i))]));
    }

    private static DicomDataset SharedGroups(ParametricMapDescription description, Geometry grid, ValueRange range, string[] frameType) => new DicomDataset()
        .SetSequence(DicomTags.PlaneOrientationSequence, new DicomDataset().SetNumber(DicomTags.ImageOrientationPatient,
            grid.XAxis.X, grid.XAxis.Y, grid.XAxis.Z, grid.YAxis.X, grid.YAxis.Y, grid.YAxis.Z))
        .SetSequence(DicomTags.PixelMeasuresSequence, new DicomDataset()
            .SetNumber(DicomTags.SliceThickness, grid.SpacingMm.Z)
            .SetNumber(DicomTags.SpacingBetweenSlices, grid.SpacingMm.Z)
            .SetNumber(DicomTags.PixelSpacing, grid.SpacingMm.Y, grid.SpacingMm.X))
        .SetSequence(DicomTags.PixelValueTransformationSequence, new DicomDataset()
            .SetNumber(DicomTags.RescaleIntercept, 0)
            .SetNumber(DicomTags.RescaleSlope, 1)
            .SetString(DicomTags.RescaleType, "US"))   // unspecified: the unit is that of the real world value mapping
        .SetSequence(DicomTags.FrameVOILUTSequence, new DicomDataset()
            .SetNumber(DicomTags.WindowCenter, (range.Smallest + range.Largest) / 2)
            .SetNumber(DicomTags.WindowWidth, range.Largest > range.Smallest ? range.Largest - range.Smallest : 1)
            .SetString(DicomTags.VOILUTFunction, "LINEAR_EXACT"))   // windows of floating point numbers may be narrower than 1
        .SetSequence(DicomTags.ParametricMapFrameTypeSequence, new DicomDataset().SetString(DicomTags.FrameType, frameType))
        .SetSequence(DicomTags.RealWorldValueMappingSequence, new DicomDataset()
            .SetString(DicomTags.LUTExplanation, description.Label)
            .SetString(DicomTags.LUTLabel, description.Label[..Math.Min(description.Label.Length, LongestLutLabel)].Trim())
            .SetNumber(DicomTags.DoubleFloatRealWorldValueFirstValueMapped, range.Smallest)
            .SetNumber(DicomTags.DoubleFloatRealWorldValueLastValueMapped, range.Largest)
            .SetNumber(DicomTags.RealWorldValueIntercept, 0)
            .SetNumber(DicomTags.RealWorldValueSlope, 1)
            .SetSequence(DicomTags.MeasurementUnitsCodeSequence, description.Unit.ToItem())
            .SetSequence(DicomTags.QuantityDefinitionSequence, new DicomDataset()
                .SetString(DicomTags.ValueType, "CODE")
                .SetSequence(DicomTags.ConceptNameCodeSequence, Quantity.ToItem())
                .SetSequence(DicomTags.ConceptCodeSequence, description.Quantity.ToItem())));

    private static DicomDataset FrameGroups(Geometry grid, int z)
    {
        Vector3D position = grid.ToPatient(0, 0, z);
        return new DicomDataset()
            .SetSequence(DicomTags.FrameContentSequence, new DicomDataset().SetNumber(DicomTags.DimensionIndexValues, z + 1))
            .SetSequence(DicomTags.PlanePositionSequence, new DicomDataset().SetNumber(DicomTags.ImagePositionPatient, position.X, position.Y, position.Z));
    }

    private static DicomDataset DerivedFrom(ParametricMapDescription description, ParametricMapSource source, string[] images, string? samePlace = null) => new DicomDataset()
        .SetSequence(DicomTags.SourceImageSequence, [.. images.Select(image =>
        {
            DicomDataset item = Reference(source, image).SetSequence(DicomTags.PurposeOfReferenceCodeSequence, SourceImagePurpose.ToItem());
            return samePlace is null ? item : item.SetString(DicomTags.SpatialLocationsPreserved, samePlace);
        })])
        .SetSequence(DicomTags.DerivationCodeSequence, description.Derivation.ToItem());

    private static DicomDataset Reference(ParametricMapSource source, string image) => new DicomDataset()
        .SetString(DicomTags.ReferencedSOPClassUID, source.SopClassUid)
        .SetString(DicomTags.ReferencedSOPInstanceUID, image);
}
