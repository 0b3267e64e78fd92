using System.Collections.Frozen;

namespace HccPipeline.Dicom;

/// <summary>What happens to an element.</summary>
internal enum DeidentificationAction
{
    /// <summary>Taken out (X of PS3.15, table E.1-1a).</summary>
    Remove,

    /// <summary>Left without a value (Z), where the object must have the attribute.</summary>
    Empty,

    /// <summary>Kept (K).</summary>
    Keep,

    /// <summary>Kept as a sequence, its items treated by the same rules.</summary>
    Recurse,

    /// <summary>Replaced by the UID of the key (U), unless the standard defines it.</summary>
    RemapUid,

    /// <summary>Moved by the patient's number of days (C of the modified dates option).</summary>
    ShiftDate,

    /// <summary>Replaced by the pseudonym (D).</summary>
    Pseudonym,

    /// <summary>Kept where it is on the list of labels, else replaced (C).</summary>
    CleanLabel,

    /// <summary>Kept where the code is of a public terminology, else replaced (C).</summary>
    CleanMeaning,

    /// <summary>Replaced by a text that says nothing (D).</summary>
    Dummy,
}

/// <summary>
/// Which action applies to which element. The Basic Profile names what must go; these rules name what may stay and take all else out,
/// so that an attribute that neither the standard nor this list has thought of does not stay by accident.
/// </summary>
internal static class DeidentificationRules
{
    private static readonly FrozenDictionary<DicomTag, DeidentificationAction> Named = CreateNamed();

    /// <summary>The action for an element.</summary>
    public static DeidentificationAction For(DicomTag tag, DicomVr vr)
    {
        if (tag.IsPrivate)
            return DeidentificationAction.Remove;
        if (Named.TryGetValue(tag, out DeidentificationAction action))
            return action;
        // What describes images, acquisition, segments and contours; all about persons, visits, orders and signatures is in other groups.
        bool technical = tag.Group is 0x0018 or 0x0020 or 0x0028 or 0x0062 or 0x3006 or 0x5200;
        if (!technical && tag.Group != 0x0008)
            return DeidentificationAction.Remove;
        return vr switch
        {
            DicomVr.UI => DeidentificationAction.RemapUid,
            DicomVr.DA or DicomVr.DT => DeidentificationAction.ShiftDate,
            DicomVr.SQ => technical ? DeidentificationAction.Recurse : DeidentificationAction.Remove,
            DicomVr.CS or DicomVr.DS or DicomVr.IS or DicomVr.TM or DicomVr.US or DicomVr.SS or DicomVr.UL or DicomVr.SL or DicomVr.FL
                or DicomVr.FD or DicomVr.AT or DicomVr.SV or DicomVr.UV => DeidentificationAction.Keep,
            _ => DeidentificationAction.Remove,
        };
    }

    private static FrozenDictionary<DicomTag, DeidentificationAction> CreateNamed()
    {
        Dictionary<DicomTag, DeidentificationAction> named = [];
        Add(DeidentificationAction.Pseudonym, DicomTags.PatientName, DicomTags.PatientID);
        Add(DeidentificationAction.Empty, DicomTags.PatientBirthDate, DicomTags.PatientSex, DicomTags.ReferringPhysicianName,
            DicomTags.AccessionNumber, DicomTags.StudyID, DicomTags.ContentDescription, DicomTags.ContentCreatorName,
            DicomTags.PositionReferenceIndicator, DicomTags.ContrastBolusAgent, DicomTags.ROIInterpreter);
        Add(DeidentificationAction.Keep, DicomTags.SOPClassUID, DicomTags.ReferencedSOPClassUID, DicomTags.SpecificCharacterSet,
            DicomTags.Manufacturer, DicomTags.ManufacturerModelName, DicomTags.SoftwareVersions, DicomTags.SequenceName,
            DicomTags.PulseSequenceName, DicomTags.RescaleType, DicomTags.StackID, DicomTags.CodeValue, DicomTags.CodingSchemeDesignator,
            DicomTags.CodingSchemeVersion, DicomTags.PixelData, DicomTags.FloatPixelData,
            DicomTags.DoubleFloatPixelData, DicomTags.RealWorldValueSlope, DicomTags.RealWorldValueIntercept,
            DicomTags.PresentationLUTShape, new DicomTag(0x00409211), new DicomTag(0x00409212), new DicomTag(0x00409213),
            new DicomTag(0x00409214), new DicomTag(0x00409216));
        Add(DeidentificationAction.Recurse, DicomTags.ReferencedSeriesSequence, DicomTags.ReferencedInstanceSequence,
            DicomTags.ReferencedImageSequence, DicomTags.SourceImageSequence, DicomTags.DerivationImageSequence,
            DicomTags.DerivationCodeSequence, DicomTags.AnatomicRegionSequence, DicomTags.PurposeOfReferenceCodeSequence,
            DicomTags.RealWorldValueMappingSequence, DicomTags.MeasurementUnitsCodeSequence);
        Add(DeidentificationAction.CleanLabel, DicomTags.SegmentLabel, DicomTags.ROIName);
        Add(DeidentificationAction.CleanMeaning, DicomTags.CodeMeaning);
        Add(DeidentificationAction.Dummy, DicomTags.ContentLabel, DicomTags.StructureSetLabel, DicomTags.SegmentAlgorithmName,
            DicomTags.DeviceSerialNumber);
        // Equipment and image attributes that the Basic Profile names though their representation looks harmless: Modifying Device ID,
        // UDI and Transducer Identification, ROI Creator and Interpreter Sequence.
        Add(DeidentificationAction.Remove, new DicomTag(0x00203401), new DicomTag(0x0018100A), new DicomTag(0x00185011),
            new DicomTag(0x3006004D), new DicomTag(0x3006004E));
        return named.ToFrozenDictionary();

        void Add(DeidentificationAction action, params DicomTag[] tags)
        {
            foreach (DicomTag tag in tags)
                named.Add(tag, action);
        }
    }
}
