namespace HccPipeline.Dicom;

// Elements that describe parametric maps.
public static partial class DicomTags
{
    /// <summary>Content Qualification (0018,9004).</summary>
    public static readonly DicomTag ContentQualification = Define(0x00189004, DicomVr.CS, nameof(ContentQualification));

    /// <summary>Float Pixel Padding Value (0028,0122).</summary>
    public static readonly DicomTag FloatPixelPaddingValue = Define(0x00280122, DicomVr.FL, nameof(FloatPixelPaddingValue));

    /// <summary>Double Float Pixel Padding Value (0028,0123).</summary>
    public static readonly DicomTag DoubleFloatPixelPaddingValue = Define(0x00280123, DicomVr.FD, nameof(DoubleFloatPixelPaddingValue));

    /// <summary>Float Pixel Padding Range Limit (0028,0124).</summary>
    public static readonly DicomTag FloatPixelPaddingRangeLimit = Define(0x00280124, DicomVr.FL, nameof(FloatPixelPaddingRangeLimit));

    /// <summary>Double Float Pixel Padding Range Limit (0028,0125).</summary>
    public static readonly DicomTag DoubleFloatPixelPaddingRangeLimit = Define(0x00280125, DicomVr.FD, nameof(DoubleFloatPixelPaddingRangeLimit));

    /// <summary>Recognizable Visual Features (0028,0302).</summary>
    public static readonly DicomTag RecognizableVisualFeatures = Define(0x00280302, DicomVr.CS, nameof(RecognizableVisualFeatures));

    /// <summary>LUT Explanation (0028,3003).</summary>
    public static readonly DicomTag LUTExplanation = Define(0x00283003, DicomVr.LO, nameof(LUTExplanation));

    /// <summary>Frame VOI LUT Sequence (0028,9132).</summary>
    public static readonly DicomTag FrameVOILUTSequence = Define(0x00289132, DicomVr.SQ, nameof(FrameVOILUTSequence));

    /// <summary>VOI LUT Function (0028,1056).</summary>
    public static readonly DicomTag VOILUTFunction = Define(0x00281056, DicomVr.CS, nameof(VOILUTFunction));

    /// <summary>Acquisition Context Sequence (0040,0555).</summary>
    public static readonly DicomTag AcquisitionContextSequence = Define(0x00400555, DicomVr.SQ, nameof(AcquisitionContextSequence));

    /// <summary>Parametric Map Frame Type Sequence (0040,9092).</summary>
    public static readonly DicomTag ParametricMapFrameTypeSequence = Define(0x00409092, DicomVr.SQ, nameof(ParametricMapFrameTypeSequence));

    /// <summary>LUT Label (0040,9210).</summary>
    public static readonly DicomTag LUTLabel = Define(0x00409210, DicomVr.SH, nameof(LUTLabel));

    /// <summary>Double Float Real World Value Last Value Mapped (0040,9213).</summary>
    public static readonly DicomTag DoubleFloatRealWorldValueLastValueMapped = Define(0x00409213, DicomVr.FD, nameof(DoubleFloatRealWorldValueLastValueMapped));

    /// <summary>Double Float Real World Value First Value Mapped (0040,9214).</summary>
    public static readonly DicomTag DoubleFloatRealWorldValueFirstValueMapped = Define(0x00409214, DicomVr.FD, nameof(DoubleFloatRealWorldValueFirstValueMapped));

    /// <summary>Quantity Definition Sequence (0040,9220).</summary>
    public static readonly DicomTag QuantityDefinitionSequence = Define(0x00409220, DicomVr.SQ, nameof(QuantityDefinitionSequence));

    /// <summary>Value Type (0040,A040).</summary>
    public static readonly DicomTag ValueType = Define(0x0040A040, DicomVr.CS, nameof(ValueType));

    /// <summary>Concept Name Code Sequence (0040,A043).</summary>
    public static readonly DicomTag ConceptNameCodeSequence = Define(0x0040A043, DicomVr.SQ, nameof(ConceptNameCodeSequence));

    /// <summary>Concept Code Sequence (0040,A168).</summary>
    public static readonly DicomTag ConceptCodeSequence = Define(0x0040A168, DicomVr.SQ, nameof(ConceptCodeSequence));
}
