namespace HccPipeline.Dicom;

/// <summary>Well-known unique identifiers (PS3.6, annex A).</summary>
public static class DicomUids
{
    /// <summary>Implicit VR Little Endian.</summary>
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";

    /// <summary>Explicit VR Little Endian.</summary>
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    /// <summary>Deflated Explicit VR Little Endian.</summary>
    public const string DeflatedLittleEndian = "1.2.840.10008.1.2.1.99";

    /// <summary>Explicit VR Big Endian (retired).</summary>
    public const string ExplicitBigEndian = "1.2.840.10008.1.2.2";

    /// <summary>RLE Lossless.</summary>
    public const string RunLength = "1.2.840.10008.1.2.5";

    /// <summary>MR Image Storage.</summary>
    public const string MrImageStorage = "1.2.840.10008.5.1.4.1.1.4";

    /// <summary>Enhanced MR Image Storage.</summary>
    public const string EnhancedMrImageStorage = "1.2.840.10008.5.1.4.1.1.4.1";

    /// <summary>CT Image Storage.</summary>
    public const string CtImageStorage = "1.2.840.10008.5.1.4.1.1.2";

    /// <summary>Parametric Map Storage.</summary>
    public const string ParametricMapStorage = "1.2.840.10008.5.1.4.1.1.30";

    /// <summary>Segmentation Storage.</summary>
    public const string SegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.4";

    /// <summary>Label Map Segmentation Storage.</summary>
    public const string LabelMapSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.7";

    /// <summary>RT Structure Set Storage.</summary>
    public const string RtStructureSetStorage = "1.2.840.10008.5.1.4.1.1.481.3";

    /// <summary>Implementation Class UID (0002,0012) of the files written here, whatever the engine, so that the same dataset gives the same bytes.</summary>
    internal const string ImplementationClass = "2.25.233723105302154863084381497443098575601";

    /// <summary>Implementation Version Name (0002,0013) and Source Application Entity Title (0002,0016) of the files written here.</summary>
    internal const string ImplementationName = "HccPipeline";

    /// <summary>Whether a transfer syntax stores pixels uncompressed.</summary>
    public static bool IsNative(string transferSyntaxUid) =>
        transferSyntaxUid is ImplicitLittleEndian or ExplicitLittleEndian or DeflatedLittleEndian or ExplicitBigEndian;
}
