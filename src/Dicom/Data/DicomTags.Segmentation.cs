namespace HccPipeline.Dicom;

// Elements that describe segmentations and structure sets.
public static partial class DicomTags
{
    /// <summary>Referenced Instance Sequence (0008,114A).</summary>
    public static readonly DicomTag ReferencedInstanceSequence = Define(0x0008114A, DicomVr.SQ, nameof(ReferencedInstanceSequence));

    /// <summary>Spatial Locations Preserved (0028,135A).</summary>
    public static readonly DicomTag SpatialLocationsPreserved = Define(0x0028135A, DicomVr.CS, nameof(SpatialLocationsPreserved));

    /// <summary>Referenced Frame Number (0008,1160).</summary>
    public static readonly DicomTag ReferencedFrameNumber = Define(0x00081160, DicomVr.IS, nameof(ReferencedFrameNumber));

    /// <summary>Anatomic Region Sequence (0008,2218).</summary>
    public static readonly DicomTag AnatomicRegionSequence = Define(0x00082218, DicomVr.SQ, nameof(AnatomicRegionSequence));

    /// <summary>Derivation Image Sequence (0008,9124).</summary>
    public static readonly DicomTag DerivationImageSequence = Define(0x00089124, DicomVr.SQ, nameof(DerivationImageSequence));

    /// <summary>Derivation Code Sequence (0008,9215).</summary>
    public static readonly DicomTag DerivationCodeSequence = Define(0x00089215, DicomVr.SQ, nameof(DerivationCodeSequence));

    /// <summary>Purpose of Reference Code Sequence (0040,A170).</summary>
    public static readonly DicomTag PurposeOfReferenceCodeSequence = Define(0x0040A170, DicomVr.SQ, nameof(PurposeOfReferenceCodeSequence));

    /// <summary>Segmentation Type (0062,0001).</summary>
    public static readonly DicomTag SegmentationType = Define(0x00620001, DicomVr.CS, nameof(SegmentationType));

    /// <summary>Segment Sequence (0062,0002).</summary>
    public static readonly DicomTag SegmentSequence = Define(0x00620002, DicomVr.SQ, nameof(SegmentSequence));

    /// <summary>Segmented Property Category Code Sequence (0062,0003).</summary>
    public static readonly DicomTag SegmentedPropertyCategoryCodeSequence = Define(0x00620003, DicomVr.SQ, nameof(SegmentedPropertyCategoryCodeSequence));

    /// <summary>Segment Number (0062,0004).</summary>
    public static readonly DicomTag SegmentNumber = Define(0x00620004, DicomVr.US, nameof(SegmentNumber));

    /// <summary>Segment Label (0062,0005).</summary>
    public static readonly DicomTag SegmentLabel = Define(0x00620005, DicomVr.LO, nameof(SegmentLabel));

    /// <summary>Segment Description (0062,0006).</summary>
    public static readonly DicomTag SegmentDescription = Define(0x00620006, DicomVr.ST, nameof(SegmentDescription));

    /// <summary>Segment Algorithm Type (0062,0008).</summary>
    public static readonly DicomTag SegmentAlgorithmType = Define(0x00620008, DicomVr.CS, nameof(SegmentAlgorithmType));

    /// <summary>Segment Algorithm Name (0062,0009).</summary>
    public static readonly DicomTag SegmentAlgorithmName = Define(0x00620009, DicomVr.LO, nameof(SegmentAlgorithmName));

    /// <summary>Segment Identification Sequence (0062,000A).</summary>
    public static readonly DicomTag SegmentIdentificationSequence = Define(0x0062000A, DicomVr.SQ, nameof(SegmentIdentificationSequence));

    /// <summary>Referenced Segment Number (0062,000B).</summary>
    public static readonly DicomTag ReferencedSegmentNumber = Define(0x0062000B, DicomVr.US, nameof(ReferencedSegmentNumber));

    /// <summary>Recommended Display CIELab Value (0062,000D).</summary>
    public static readonly DicomTag RecommendedDisplayCIELabValue = Define(0x0062000D, DicomVr.US, nameof(RecommendedDisplayCIELabValue));

    /// <summary>Maximum Fractional Value (0062,000E).</summary>
    public static readonly DicomTag MaximumFractionalValue = Define(0x0062000E, DicomVr.US, nameof(MaximumFractionalValue));

    /// <summary>Segmented Property Type Code Sequence (0062,000F).</summary>
    public static readonly DicomTag SegmentedPropertyTypeCodeSequence = Define(0x0062000F, DicomVr.SQ, nameof(SegmentedPropertyTypeCodeSequence));

    /// <summary>Segmentation Fractional Type (0062,0010).</summary>
    public static readonly DicomTag SegmentationFractionalType = Define(0x00620010, DicomVr.CS, nameof(SegmentationFractionalType));

    /// <summary>Segments Overlap (0062,0013).</summary>
    public static readonly DicomTag SegmentsOverlap = Define(0x00620013, DicomVr.CS, nameof(SegmentsOverlap));

    /// <summary>Structure Set Label (3006,0002).</summary>
    public static readonly DicomTag StructureSetLabel = Define(0x30060002, DicomVr.SH, nameof(StructureSetLabel));

    /// <summary>Structure Set Date (3006,0008).</summary>
    public static readonly DicomTag StructureSetDate = Define(0x30060008, DicomVr.DA, nameof(StructureSetDate));

    /// <summary>Structure Set Time (3006,0009).</summary>
    public static readonly DicomTag StructureSetTime = Define(0x30060009, DicomVr.TM, nameof(StructureSetTime));

    /// <summary>Referenced Frame of Reference Sequence (3006,0010).</summary>
    public static readonly DicomTag ReferencedFrameOfReferenceSequence = Define(0x30060010, DicomVr.SQ, nameof(ReferencedFrameOfReferenceSequence));

    /// <summary>RT Referenced Study Sequence (3006,0012).</summary>
    public static readonly DicomTag RTReferencedStudySequence = Define(0x30060012, DicomVr.SQ, nameof(RTReferencedStudySequence));

    /// <summary>RT Referenced Series Sequence (3006,0014).</summary>
    public static readonly DicomTag RTReferencedSeriesSequence = Define(0x30060014, DicomVr.SQ, nameof(RTReferencedSeriesSequence));

    /// <summary>Contour Image Sequence (3006,0016).</summary>
    public static readonly DicomTag ContourImageSequence = Define(0x30060016, DicomVr.SQ, nameof(ContourImageSequence));

    /// <summary>Structure Set ROI Sequence (3006,0020).</summary>
    public static readonly DicomTag StructureSetROISequence = Define(0x30060020, DicomVr.SQ, nameof(StructureSetROISequence));

    /// <summary>ROI Number (3006,0022).</summary>
    public static readonly DicomTag ROINumber = Define(0x30060022, DicomVr.IS, nameof(ROINumber));

    /// <summary>Referenced Frame of Reference UID (3006,0024).</summary>
    public static readonly DicomTag ReferencedFrameOfReferenceUID = Define(0x30060024, DicomVr.UI, nameof(ReferencedFrameOfReferenceUID));

    /// <summary>ROI Name (3006,0026).</summary>
    public static readonly DicomTag ROIName = Define(0x30060026, DicomVr.LO, nameof(ROIName));

    /// <summary>ROI Generation Algorithm (3006,0036).</summary>
    public static readonly DicomTag ROIGenerationAlgorithm = Define(0x30060036, DicomVr.CS, nameof(ROIGenerationAlgorithm));

    /// <summary>ROI Contour Sequence (3006,0039).</summary>
    public static readonly DicomTag ROIContourSequence = Define(0x30060039, DicomVr.SQ, nameof(ROIContourSequence));

    /// <summary>Contour Sequence (3006,0040).</summary>
    public static readonly DicomTag ContourSequence = Define(0x30060040, DicomVr.SQ, nameof(ContourSequence));

    /// <summary>Contour Geometric Type (3006,0042).</summary>
    public static readonly DicomTag ContourGeometricType = Define(0x30060042, DicomVr.CS, nameof(ContourGeometricType));

    /// <summary>Number of Contour Points (3006,0046).</summary>
    public static readonly DicomTag NumberOfContourPoints = Define(0x30060046, DicomVr.IS, nameof(NumberOfContourPoints));

    /// <summary>Contour Data (3006,0050).</summary>
    public static readonly DicomTag ContourData = Define(0x30060050, DicomVr.DS, nameof(ContourData));

    /// <summary>RT ROI Observations Sequence (3006,0080).</summary>
    public static readonly DicomTag RTROIObservationsSequence = Define(0x30060080, DicomVr.SQ, nameof(RTROIObservationsSequence));

    /// <summary>Observation Number (3006,0082).</summary>
    public static readonly DicomTag ObservationNumber = Define(0x30060082, DicomVr.IS, nameof(ObservationNumber));

    /// <summary>Referenced ROI Number (3006,0084).</summary>
    public static readonly DicomTag ReferencedROINumber = Define(0x30060084, DicomVr.IS, nameof(ReferencedROINumber));

    /// <summary>RT ROI Interpreted Type (3006,00A4).</summary>
    public static readonly DicomTag RTROIInterpretedType = Define(0x300600A4, DicomVr.CS, nameof(RTROIInterpretedType));

    /// <summary>ROI Interpreter (3006,00A6).</summary>
    public static readonly DicomTag ROIInterpreter = Define(0x300600A6, DicomVr.PN, nameof(ROIInterpreter));
}
