namespace HccPipeline.Dicom;

// Elements that describe images, their geometry and their acquisition.
public static partial class DicomTags
{
    /// <summary>Frame Type (0008,9007).</summary>
    public static readonly DicomTag FrameType = Define(0x00089007, DicomVr.CS, nameof(FrameType));

    /// <summary>Volumetric Properties (0008,9206).</summary>
    public static readonly DicomTag VolumetricProperties = Define(0x00089206, DicomVr.CS, nameof(VolumetricProperties));

    /// <summary>Acquisition Contrast (0008,9209).</summary>
    public static readonly DicomTag AcquisitionContrast = Define(0x00089209, DicomVr.CS, nameof(AcquisitionContrast));

    /// <summary>Contrast/Bolus Agent (0018,0010).</summary>
    public static readonly DicomTag ContrastBolusAgent = Define(0x00180010, DicomVr.LO, nameof(ContrastBolusAgent));

    /// <summary>Scanning Sequence (0018,0020).</summary>
    public static readonly DicomTag ScanningSequence = Define(0x00180020, DicomVr.CS, nameof(ScanningSequence));

    /// <summary>Sequence Variant (0018,0021).</summary>
    public static readonly DicomTag SequenceVariant = Define(0x00180021, DicomVr.CS, nameof(SequenceVariant));

    /// <summary>Scan Options (0018,0022).</summary>
    public static readonly DicomTag ScanOptions = Define(0x00180022, DicomVr.CS, nameof(ScanOptions));

    /// <summary>MR Acquisition Type (0018,0023).</summary>
    public static readonly DicomTag MRAcquisitionType = Define(0x00180023, DicomVr.CS, nameof(MRAcquisitionType));

    /// <summary>Sequence Name (0018,0024).</summary>
    public static readonly DicomTag SequenceName = Define(0x00180024, DicomVr.SH, nameof(SequenceName));

    /// <summary>Slice Thickness (0018,0050).</summary>
    public static readonly DicomTag SliceThickness = Define(0x00180050, DicomVr.DS, nameof(SliceThickness));

    /// <summary>Repetition Time (0018,0080).</summary>
    public static readonly DicomTag RepetitionTime = Define(0x00180080, DicomVr.DS, nameof(RepetitionTime));

    /// <summary>Echo Time (0018,0081).</summary>
    public static readonly DicomTag EchoTime = Define(0x00180081, DicomVr.DS, nameof(EchoTime));

    /// <summary>Inversion Time (0018,0082).</summary>
    public static readonly DicomTag InversionTime = Define(0x00180082, DicomVr.DS, nameof(InversionTime));

    /// <summary>Number of Averages (0018,0083).</summary>
    public static readonly DicomTag NumberOfAverages = Define(0x00180083, DicomVr.DS, nameof(NumberOfAverages));

    /// <summary>Imaging Frequency (0018,0084).</summary>
    public static readonly DicomTag ImagingFrequency = Define(0x00180084, DicomVr.DS, nameof(ImagingFrequency));

    /// <summary>Echo Number(s) (0018,0086).</summary>
    public static readonly DicomTag EchoNumbers = Define(0x00180086, DicomVr.IS, nameof(EchoNumbers));

    /// <summary>Magnetic Field Strength (0018,0087).</summary>
    public static readonly DicomTag MagneticFieldStrength = Define(0x00180087, DicomVr.DS, nameof(MagneticFieldStrength));

    /// <summary>Spacing Between Slices (0018,0088).</summary>
    public static readonly DicomTag SpacingBetweenSlices = Define(0x00180088, DicomVr.DS, nameof(SpacingBetweenSlices));

    /// <summary>Echo Train Length (0018,0091).</summary>
    public static readonly DicomTag EchoTrainLength = Define(0x00180091, DicomVr.IS, nameof(EchoTrainLength));

    /// <summary>Trigger Time (0018,1060).</summary>
    public static readonly DicomTag TriggerTime = Define(0x00181060, DicomVr.DS, nameof(TriggerTime));

    /// <summary>Flip Angle (0018,1314).</summary>
    public static readonly DicomTag FlipAngle = Define(0x00181314, DicomVr.DS, nameof(FlipAngle));

    /// <summary>Patient Position (0018,5100).</summary>
    public static readonly DicomTag PatientPosition = Define(0x00185100, DicomVr.CS, nameof(PatientPosition));

    /// <summary>Pulse Sequence Name (0018,9005).</summary>
    public static readonly DicomTag PulseSequenceName = Define(0x00189005, DicomVr.SH, nameof(PulseSequenceName));

    /// <summary>Frame Acquisition DateTime (0018,9074).</summary>
    public static readonly DicomTag FrameAcquisitionDateTime = Define(0x00189074, DicomVr.DT, nameof(FrameAcquisitionDateTime));

    /// <summary>Diffusion Directionality (0018,9075).</summary>
    public static readonly DicomTag DiffusionDirectionality = Define(0x00189075, DicomVr.CS, nameof(DiffusionDirectionality));

    /// <summary>Effective Echo Time (0018,9082).</summary>
    public static readonly DicomTag EffectiveEchoTime = Define(0x00189082, DicomVr.FD, nameof(EffectiveEchoTime));

    /// <summary>Diffusion b-value (0018,9087).</summary>
    public static readonly DicomTag DiffusionBValue = Define(0x00189087, DicomVr.FD, nameof(DiffusionBValue));

    /// <summary>Diffusion Gradient Orientation (0018,9089).</summary>
    public static readonly DicomTag DiffusionGradientOrientation = Define(0x00189089, DicomVr.FD, nameof(DiffusionGradientOrientation));

    /// <summary>MR Echo Sequence (0018,9114).</summary>
    public static readonly DicomTag MREchoSequence = Define(0x00189114, DicomVr.SQ, nameof(MREchoSequence));

    /// <summary>MR Diffusion Sequence (0018,9117).</summary>
    public static readonly DicomTag MRDiffusionSequence = Define(0x00189117, DicomVr.SQ, nameof(MRDiffusionSequence));

    /// <summary>Frame Reference DateTime (0018,9151).</summary>
    public static readonly DicomTag FrameReferenceDateTime = Define(0x00189151, DicomVr.DT, nameof(FrameReferenceDateTime));

    /// <summary>Image Position (Patient) (0020,0032).</summary>
    public static readonly DicomTag ImagePositionPatient = Define(0x00200032, DicomVr.DS, nameof(ImagePositionPatient));

    /// <summary>Image Orientation (Patient) (0020,0037).</summary>
    public static readonly DicomTag ImageOrientationPatient = Define(0x00200037, DicomVr.DS, nameof(ImageOrientationPatient));

    /// <summary>Temporal Position Identifier (0020,0100).</summary>
    public static readonly DicomTag TemporalPositionIdentifier = Define(0x00200100, DicomVr.IS, nameof(TemporalPositionIdentifier));

    /// <summary>Number of Temporal Positions (0020,0105).</summary>
    public static readonly DicomTag NumberOfTemporalPositions = Define(0x00200105, DicomVr.IS, nameof(NumberOfTemporalPositions));

    /// <summary>Slice Location (0020,1041).</summary>
    public static readonly DicomTag SliceLocation = Define(0x00201041, DicomVr.DS, nameof(SliceLocation));

    /// <summary>Stack ID (0020,9056).</summary>
    public static readonly DicomTag StackID = Define(0x00209056, DicomVr.SH, nameof(StackID));

    /// <summary>In-Stack Position Number (0020,9057).</summary>
    public static readonly DicomTag InStackPositionNumber = Define(0x00209057, DicomVr.UL, nameof(InStackPositionNumber));

    /// <summary>Frame Content Sequence (0020,9111).</summary>
    public static readonly DicomTag FrameContentSequence = Define(0x00209111, DicomVr.SQ, nameof(FrameContentSequence));

    /// <summary>Plane Position Sequence (0020,9113).</summary>
    public static readonly DicomTag PlanePositionSequence = Define(0x00209113, DicomVr.SQ, nameof(PlanePositionSequence));

    /// <summary>Plane Orientation Sequence (0020,9116).</summary>
    public static readonly DicomTag PlaneOrientationSequence = Define(0x00209116, DicomVr.SQ, nameof(PlaneOrientationSequence));

    /// <summary>Temporal Position Index (0020,9128).</summary>
    public static readonly DicomTag TemporalPositionIndex = Define(0x00209128, DicomVr.UL, nameof(TemporalPositionIndex));

    /// <summary>Dimension Index Values (0020,9157).</summary>
    public static readonly DicomTag DimensionIndexValues = Define(0x00209157, DicomVr.UL, nameof(DimensionIndexValues));

    /// <summary>Dimension Organization UID (0020,9164).</summary>
    public static readonly DicomTag DimensionOrganizationUID = Define(0x00209164, DicomVr.UI, nameof(DimensionOrganizationUID));

    /// <summary>Dimension Index Pointer (0020,9165).</summary>
    public static readonly DicomTag DimensionIndexPointer = Define(0x00209165, DicomVr.AT, nameof(DimensionIndexPointer));

    /// <summary>Functional Group Pointer (0020,9167).</summary>
    public static readonly DicomTag FunctionalGroupPointer = Define(0x00209167, DicomVr.AT, nameof(FunctionalGroupPointer));

    /// <summary>Dimension Organization Sequence (0020,9221).</summary>
    public static readonly DicomTag DimensionOrganizationSequence = Define(0x00209221, DicomVr.SQ, nameof(DimensionOrganizationSequence));

    /// <summary>Dimension Index Sequence (0020,9222).</summary>
    public static readonly DicomTag DimensionIndexSequence = Define(0x00209222, DicomVr.SQ, nameof(DimensionIndexSequence));

    /// <summary>Dimension Organization Type (0020,9311).</summary>
    public static readonly DicomTag DimensionOrganizationType = Define(0x00209311, DicomVr.CS, nameof(DimensionOrganizationType));

    /// <summary>Samples per Pixel (0028,0002).</summary>
    public static readonly DicomTag SamplesPerPixel = Define(0x00280002, DicomVr.US, nameof(SamplesPerPixel));

    /// <summary>Photometric Interpretation (0028,0004).</summary>
    public static readonly DicomTag PhotometricInterpretation = Define(0x00280004, DicomVr.CS, nameof(PhotometricInterpretation));

    /// <summary>Planar Configuration (0028,0006).</summary>
    public static readonly DicomTag PlanarConfiguration = Define(0x00280006, DicomVr.US, nameof(PlanarConfiguration));

    /// <summary>Number of Frames (0028,0008).</summary>
    public static readonly DicomTag NumberOfFrames = Define(0x00280008, DicomVr.IS, nameof(NumberOfFrames));

    /// <summary>Rows (0028,0010).</summary>
    public static readonly DicomTag Rows = Define(0x00280010, DicomVr.US, nameof(Rows));

    /// <summary>Columns (0028,0011).</summary>
    public static readonly DicomTag Columns = Define(0x00280011, DicomVr.US, nameof(Columns));

    /// <summary>Pixel Spacing (0028,0030).</summary>
    public static readonly DicomTag PixelSpacing = Define(0x00280030, DicomVr.DS, nameof(PixelSpacing));

    /// <summary>Bits Allocated (0028,0100).</summary>
    public static readonly DicomTag BitsAllocated = Define(0x00280100, DicomVr.US, nameof(BitsAllocated));

    /// <summary>Bits Stored (0028,0101).</summary>
    public static readonly DicomTag BitsStored = Define(0x00280101, DicomVr.US, nameof(BitsStored));

    /// <summary>High Bit (0028,0102).</summary>
    public static readonly DicomTag HighBit = Define(0x00280102, DicomVr.US, nameof(HighBit));

    /// <summary>Pixel Representation (0028,0103).</summary>
    public static readonly DicomTag PixelRepresentation = Define(0x00280103, DicomVr.US, nameof(PixelRepresentation));

    /// <summary>Smallest Image Pixel Value (0028,0106).</summary>
    public static readonly DicomTag SmallestImagePixelValue = Define(0x00280106, DicomVr.US, nameof(SmallestImagePixelValue));

    /// <summary>Largest Image Pixel Value (0028,0107).</summary>
    public static readonly DicomTag LargestImagePixelValue = Define(0x00280107, DicomVr.US, nameof(LargestImagePixelValue));

    /// <summary>Pixel Padding Value (0028,0120).</summary>
    public static readonly DicomTag PixelPaddingValue = Define(0x00280120, DicomVr.US, nameof(PixelPaddingValue));

    /// <summary>Burned In Annotation (0028,0301).</summary>
    public static readonly DicomTag BurnedInAnnotation = Define(0x00280301, DicomVr.CS, nameof(BurnedInAnnotation));

    /// <summary>Window Center (0028,1050).</summary>
    public static readonly DicomTag WindowCenter = Define(0x00281050, DicomVr.DS, nameof(WindowCenter));

    /// <summary>Window Width (0028,1051).</summary>
    public static readonly DicomTag WindowWidth = Define(0x00281051, DicomVr.DS, nameof(WindowWidth));

    /// <summary>Rescale Intercept (0028,1052).</summary>
    public static readonly DicomTag RescaleIntercept = Define(0x00281052, DicomVr.DS, nameof(RescaleIntercept));

    /// <summary>Rescale Slope (0028,1053).</summary>
    public static readonly DicomTag RescaleSlope = Define(0x00281053, DicomVr.DS, nameof(RescaleSlope));

    /// <summary>Rescale Type (0028,1054).</summary>
    public static readonly DicomTag RescaleType = Define(0x00281054, DicomVr.LO, nameof(RescaleType));

    /// <summary>Lossy Image Compression (0028,2110).</summary>
    public static readonly DicomTag LossyImageCompression = Define(0x00282110, DicomVr.CS, nameof(LossyImageCompression));

    /// <summary>Lossy Image Compression Ratio (0028,2112).</summary>
    public static readonly DicomTag LossyImageCompressionRatio = Define(0x00282112, DicomVr.DS, nameof(LossyImageCompressionRatio));

    /// <summary>Lossy Image Compression Method (0028,2114).</summary>
    public static readonly DicomTag LossyImageCompressionMethod = Define(0x00282114, DicomVr.CS, nameof(LossyImageCompressionMethod));

    /// <summary>Pixel Measures Sequence (0028,9110).</summary>
    public static readonly DicomTag PixelMeasuresSequence = Define(0x00289110, DicomVr.SQ, nameof(PixelMeasuresSequence));

    /// <summary>Pixel Value Transformation Sequence (0028,9145).</summary>
    public static readonly DicomTag PixelValueTransformationSequence = Define(0x00289145, DicomVr.SQ, nameof(PixelValueTransformationSequence));

    /// <summary>Measurement Units Code Sequence (0040,08EA).</summary>
    public static readonly DicomTag MeasurementUnitsCodeSequence = Define(0x004008EA, DicomVr.SQ, nameof(MeasurementUnitsCodeSequence));

    /// <summary>Real World Value Mapping Sequence (0040,9096).</summary>
    public static readonly DicomTag RealWorldValueMappingSequence = Define(0x00409096, DicomVr.SQ, nameof(RealWorldValueMappingSequence));

    /// <summary>Real World Value Intercept (0040,9224).</summary>
    public static readonly DicomTag RealWorldValueIntercept = Define(0x00409224, DicomVr.FD, nameof(RealWorldValueIntercept));

    /// <summary>Real World Value Slope (0040,9225).</summary>
    public static readonly DicomTag RealWorldValueSlope = Define(0x00409225, DicomVr.FD, nameof(RealWorldValueSlope));

    /// <summary>Presentation LUT Shape (2050,0020).</summary>
    public static readonly DicomTag PresentationLUTShape = Define(0x20500020, DicomVr.CS, nameof(PresentationLUTShape));

    /// <summary>Shared Functional Groups Sequence (5200,9229).</summary>
    public static readonly DicomTag SharedFunctionalGroupsSequence = Define(0x52009229, DicomVr.SQ, nameof(SharedFunctionalGroupsSequence));

    /// <summary>Per-frame Functional Groups Sequence (5200,9230).</summary>
    public static readonly DicomTag PerFrameFunctionalGroupsSequence = Define(0x52009230, DicomVr.SQ, nameof(PerFrameFunctionalGroupsSequence));

    /// <summary>Float Pixel Data (7FE0,0008).</summary>
    public static readonly DicomTag FloatPixelData = Define(0x7FE00008, DicomVr.OF, nameof(FloatPixelData));

    /// <summary>Double Float Pixel Data (7FE0,0009).</summary>
    public static readonly DicomTag DoubleFloatPixelData = Define(0x7FE00009, DicomVr.OD, nameof(DoubleFloatPixelData));

    /// <summary>Pixel Data (7FE0,0010).</summary>
    public static readonly DicomTag PixelData = Define(0x7FE00010, DicomVr.OW, nameof(PixelData));
}
