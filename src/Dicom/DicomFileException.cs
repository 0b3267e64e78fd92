namespace HccPipeline.Dicom;

/// <summary>Why a file, a series or a segmentation can't be used.</summary>
public enum DicomFault
{
    /// <summary>The file is not DICOM Part 10.</summary>
    NotDicom,

    /// <summary>The file ends before its content does.</summary>
    Truncated,

    /// <summary>The content breaks the rules of the encoding.</summary>
    Damaged,

    /// <summary>The file can't be opened.</summary>
    Unreadable,

    /// <summary>There are no pixels where some are needed.</summary>
    NoPixelData,

    /// <summary>The engine can't decode this compression.</summary>
    UnsupportedTransferSyntax,

    /// <summary>The pixels are of a kind that is not read here, as colour.</summary>
    UnsupportedPixels,

    /// <summary>The object is of a kind that is not read here.</summary>
    UnsupportedObject,

    /// <summary>A required attribute is not there or empty.</summary>
    MissingAttribute,

    /// <summary>An attribute has a value that its representation does not allow.</summary>
    InvalidValue,

    /// <summary>Slices of a series differ in what they must have in common.</summary>
    InconsistentSeries,

    /// <summary>Two slices of a series lie at the same place.</summary>
    DuplicateSlice,

    /// <summary>A slice of a series is not there.</summary>
    MissingSlice,

    /// <summary>Slices of a series do not lie at equal distances.</summary>
    IrregularSpacing,

    /// <summary>A segmentation or structure set refers to another frame of reference than the images.</summary>
    FrameOfReferenceMismatch,

    /// <summary>A plane of a segmentation does not lie on the grid of the images.</summary>
    GridMismatch,

    /// <summary>Identifying information is burned into the pixels.</summary>
    BurnedInAnnotation,
}

/// <summary>A DICOM file, series or segmentation can't be used; the message says what a person can do.</summary>
public sealed class DicomFileException : Exception
{
    /// <summary>An error with its reason.</summary>
    public DicomFileException(DicomFault fault, string message, Exception? cause = null) : base(message, cause) => Fault = fault;

    /// <summary>The reason, for programs.</summary>
    public DicomFault Fault { get; }
}
