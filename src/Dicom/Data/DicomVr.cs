namespace HccPipeline.Dicom;

/// <summary>Value representation of an element (PS3.5, 6.2), named by its two letters.</summary>
public enum DicomVr
{
    /// <summary>Unknown; also the representation of what no dictionary names.</summary>
    UN,

    /// <summary>Application entity.</summary>
    AE,

    /// <summary>Age, as 045Y.</summary>
    AS,

    /// <summary>Attribute tag.</summary>
    AT,

    /// <summary>Code string.</summary>
    CS,

    /// <summary>Date, YYYYMMDD.</summary>
    DA,

    /// <summary>Decimal number as text.</summary>
    DS,

    /// <summary>Date and time.</summary>
    DT,

    /// <summary>Double.</summary>
    FD,

    /// <summary>Float.</summary>
    FL,

    /// <summary>Integer as text.</summary>
    IS,

    /// <summary>Long string.</summary>
    LO,

    /// <summary>Long text.</summary>
    LT,

    /// <summary>Bytes.</summary>
    OB,

    /// <summary>Doubles.</summary>
    OD,

    /// <summary>Floats.</summary>
    OF,

    /// <summary>32-bit words.</summary>
    OL,

    /// <summary>64-bit words.</summary>
    OV,

    /// <summary>16-bit words.</summary>
    OW,

    /// <summary>Person name.</summary>
    PN,

    /// <summary>Short string.</summary>
    SH,

    /// <summary>Signed 32-bit integer.</summary>
    SL,

    /// <summary>Sequence of items.</summary>
    SQ,

    /// <summary>Signed 16-bit integer.</summary>
    SS,

    /// <summary>Short text.</summary>
    ST,

    /// <summary>Signed 64-bit integer.</summary>
    SV,

    /// <summary>Time of day.</summary>
    TM,

    /// <summary>Unlimited characters.</summary>
    UC,

    /// <summary>Unique identifier.</summary>
    UI,

    /// <summary>Unsigned 32-bit integer.</summary>
    UL,

    /// <summary>Uniform resource identifier.</summary>
    UR,

    /// <summary>Unsigned 16-bit integer.</summary>
    US,

    /// <summary>Unlimited text.</summary>
    UT,

    /// <summary>Unsigned 64-bit integer.</summary>
    UV,
}

/// <summary>What the value representations have in common.</summary>
internal static class DicomVrTraits
{
    /// <summary>Whether values are text of some kind.</summary>
    public static bool IsText(this DicomVr vr) => vr is DicomVr.AE or DicomVr.AS or DicomVr.CS or DicomVr.DA or DicomVr.DS or DicomVr.DT
        or DicomVr.IS or DicomVr.LO or DicomVr.LT or DicomVr.PN or DicomVr.SH or DicomVr.ST or DicomVr.TM or DicomVr.UC or DicomVr.UI
        or DicomVr.UR or DicomVr.UT;

    /// <summary>Whether the specific character set applies (PS3.5, 6.1.2.2); the others are ASCII.</summary>
    public static bool UsesCharacterSet(this DicomVr vr) => vr is DicomVr.LO or DicomVr.LT or DicomVr.PN or DicomVr.SH or DicomVr.ST
        or DicomVr.UC or DicomVr.UT;

    /// <summary>Whether a backslash is part of the text, so that there is one value only.</summary>
    public static bool IsSingleText(this DicomVr vr) => vr is DicomVr.LT or DicomVr.ST or DicomVr.UT or DicomVr.UR;

    /// <summary>Bytes of one binary number; 0 for what is not a list of numbers.</summary>
    public static int NumberSize(this DicomVr vr) => vr switch
    {
        DicomVr.US or DicomVr.SS or DicomVr.OW => 2,
        DicomVr.UL or DicomVr.SL or DicomVr.FL or DicomVr.AT or DicomVr.OL or DicomVr.OF => 4,
        DicomVr.FD or DicomVr.SV or DicomVr.UV or DicomVr.OD or DicomVr.OV => 8,
        _ => 0,
    };
}
