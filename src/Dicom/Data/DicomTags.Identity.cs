namespace HccPipeline.Dicom;

// Elements that identify the patient, the study, the series and the equipment.
public static partial class DicomTags
{
    /// <summary>Specific Character Set (0008,0005).</summary>
    public static readonly DicomTag SpecificCharacterSet = Define(0x00080005, DicomVr.CS, nameof(SpecificCharacterSet));

    /// <summary>Image Type (0008,0008).</summary>
    public static readonly DicomTag ImageType = Define(0x00080008, DicomVr.CS, nameof(ImageType));

    /// <summary>Instance Creation Date (0008,0012).</summary>
    public static readonly DicomTag InstanceCreationDate = Define(0x00080012, DicomVr.DA, nameof(InstanceCreationDate));

    /// <summary>Instance Creation Time (0008,0013).</summary>
    public static readonly DicomTag InstanceCreationTime = Define(0x00080013, DicomVr.TM, nameof(InstanceCreationTime));

    /// <summary>SOP Class UID (0008,0016).</summary>
    public static readonly DicomTag SOPClassUID = Define(0x00080016, DicomVr.UI, nameof(SOPClassUID));

    /// <summary>SOP Instance UID (0008,0018).</summary>
    public static readonly DicomTag SOPInstanceUID = Define(0x00080018, DicomVr.UI, nameof(SOPInstanceUID));

    /// <summary>Study Date (0008,0020).</summary>
    public static readonly DicomTag StudyDate = Define(0x00080020, DicomVr.DA, nameof(StudyDate));

    /// <summary>Series Date (0008,0021).</summary>
    public static readonly DicomTag SeriesDate = Define(0x00080021, DicomVr.DA, nameof(SeriesDate));

    /// <summary>Acquisition Date (0008,0022).</summary>
    public static readonly DicomTag AcquisitionDate = Define(0x00080022, DicomVr.DA, nameof(AcquisitionDate));

    /// <summary>Content Date (0008,0023).</summary>
    public static readonly DicomTag ContentDate = Define(0x00080023, DicomVr.DA, nameof(ContentDate));

    /// <summary>Acquisition DateTime (0008,002A).</summary>
    public static readonly DicomTag AcquisitionDateTime = Define(0x0008002A, DicomVr.DT, nameof(AcquisitionDateTime));

    /// <summary>Study Time (0008,0030).</summary>
    public static readonly DicomTag StudyTime = Define(0x00080030, DicomVr.TM, nameof(StudyTime));

    /// <summary>Series Time (0008,0031).</summary>
    public static readonly DicomTag SeriesTime = Define(0x00080031, DicomVr.TM, nameof(SeriesTime));

    /// <summary>Acquisition Time (0008,0032).</summary>
    public static readonly DicomTag AcquisitionTime = Define(0x00080032, DicomVr.TM, nameof(AcquisitionTime));

    /// <summary>Content Time (0008,0033).</summary>
    public static readonly DicomTag ContentTime = Define(0x00080033, DicomVr.TM, nameof(ContentTime));

    /// <summary>Accession Number (0008,0050).</summary>
    public static readonly DicomTag AccessionNumber = Define(0x00080050, DicomVr.SH, nameof(AccessionNumber));

    /// <summary>Modality (0008,0060).</summary>
    public static readonly DicomTag Modality = Define(0x00080060, DicomVr.CS, nameof(Modality));

    /// <summary>Manufacturer (0008,0070).</summary>
    public static readonly DicomTag Manufacturer = Define(0x00080070, DicomVr.LO, nameof(Manufacturer));

    /// <summary>Institution Name (0008,0080).</summary>
    public static readonly DicomTag InstitutionName = Define(0x00080080, DicomVr.LO, nameof(InstitutionName));

    /// <summary>Referring Physician's Name (0008,0090).</summary>
    public static readonly DicomTag ReferringPhysicianName = Define(0x00080090, DicomVr.PN, nameof(ReferringPhysicianName));

    /// <summary>Code Value (0008,0100).</summary>
    public static readonly DicomTag CodeValue = Define(0x00080100, DicomVr.SH, nameof(CodeValue));

    /// <summary>Coding Scheme Designator (0008,0102).</summary>
    public static readonly DicomTag CodingSchemeDesignator = Define(0x00080102, DicomVr.SH, nameof(CodingSchemeDesignator));

    /// <summary>Coding Scheme Version (0008,0103).</summary>
    public static readonly DicomTag CodingSchemeVersion = Define(0x00080103, DicomVr.SH, nameof(CodingSchemeVersion));

    /// <summary>Code Meaning (0008,0104).</summary>
    public static readonly DicomTag CodeMeaning = Define(0x00080104, DicomVr.LO, nameof(CodeMeaning));

    /// <summary>Context Group Version (0008,0106).</summary>
    public static readonly DicomTag ContextGroupVersion = Define(0x00080106, DicomVr.DT, nameof(ContextGroupVersion));

    /// <summary>Context Group Local Version (0008,0107).</summary>
    public static readonly DicomTag ContextGroupLocalVersion = Define(0x00080107, DicomVr.DT, nameof(ContextGroupLocalVersion));

    /// <summary>Long Code Value (0008,0119).</summary>
    public static readonly DicomTag LongCodeValue = Define(0x00080119, DicomVr.UC, nameof(LongCodeValue));

    /// <summary>URN Code Value (0008,0120).</summary>
    public static readonly DicomTag URNCodeValue = Define(0x00080120, DicomVr.UR, nameof(URNCodeValue));

    /// <summary>Station Name (0008,1010).</summary>
    public static readonly DicomTag StationName = Define(0x00081010, DicomVr.SH, nameof(StationName));

    /// <summary>Study Description (0008,1030).</summary>
    public static readonly DicomTag StudyDescription = Define(0x00081030, DicomVr.LO, nameof(StudyDescription));

    /// <summary>Series Description (0008,103E).</summary>
    public static readonly DicomTag SeriesDescription = Define(0x0008103E, DicomVr.LO, nameof(SeriesDescription));

    /// <summary>Manufacturer's Model Name (0008,1090).</summary>
    public static readonly DicomTag ManufacturerModelName = Define(0x00081090, DicomVr.LO, nameof(ManufacturerModelName));

    /// <summary>Referenced Series Sequence (0008,1115).</summary>
    public static readonly DicomTag ReferencedSeriesSequence = Define(0x00081115, DicomVr.SQ, nameof(ReferencedSeriesSequence));

    /// <summary>Referenced Image Sequence (0008,1140).</summary>
    public static readonly DicomTag ReferencedImageSequence = Define(0x00081140, DicomVr.SQ, nameof(ReferencedImageSequence));

    /// <summary>Referenced SOP Class UID (0008,1150).</summary>
    public static readonly DicomTag ReferencedSOPClassUID = Define(0x00081150, DicomVr.UI, nameof(ReferencedSOPClassUID));

    /// <summary>Referenced SOP Instance UID (0008,1155).</summary>
    public static readonly DicomTag ReferencedSOPInstanceUID = Define(0x00081155, DicomVr.UI, nameof(ReferencedSOPInstanceUID));

    /// <summary>Derivation Description (0008,2111).</summary>
    public static readonly DicomTag DerivationDescription = Define(0x00082111, DicomVr.ST, nameof(DerivationDescription));

    /// <summary>Source Image Sequence (0008,2112).</summary>
    public static readonly DicomTag SourceImageSequence = Define(0x00082112, DicomVr.SQ, nameof(SourceImageSequence));

    /// <summary>Patient's Name (0010,0010).</summary>
    public static readonly DicomTag PatientName = Define(0x00100010, DicomVr.PN, nameof(PatientName));

    /// <summary>Patient ID (0010,0020).</summary>
    public static readonly DicomTag PatientID = Define(0x00100020, DicomVr.LO, nameof(PatientID));

    /// <summary>Issuer of Patient ID (0010,0021).</summary>
    public static readonly DicomTag IssuerOfPatientID = Define(0x00100021, DicomVr.LO, nameof(IssuerOfPatientID));

    /// <summary>Patient's Birth Date (0010,0030).</summary>
    public static readonly DicomTag PatientBirthDate = Define(0x00100030, DicomVr.DA, nameof(PatientBirthDate));

    /// <summary>Patient's Sex (0010,0040).</summary>
    public static readonly DicomTag PatientSex = Define(0x00100040, DicomVr.CS, nameof(PatientSex));

    /// <summary>Other Patient IDs (0010,1000).</summary>
    public static readonly DicomTag OtherPatientIDs = Define(0x00101000, DicomVr.LO, nameof(OtherPatientIDs));

    /// <summary>Patient's Age (0010,1010).</summary>
    public static readonly DicomTag PatientAge = Define(0x00101010, DicomVr.AS, nameof(PatientAge));

    /// <summary>Patient's Size (0010,1020).</summary>
    public static readonly DicomTag PatientSize = Define(0x00101020, DicomVr.DS, nameof(PatientSize));

    /// <summary>Patient's Weight (0010,1030).</summary>
    public static readonly DicomTag PatientWeight = Define(0x00101030, DicomVr.DS, nameof(PatientWeight));

    /// <summary>Patient Comments (0010,4000).</summary>
    public static readonly DicomTag PatientComments = Define(0x00104000, DicomVr.LT, nameof(PatientComments));

    /// <summary>Patient Identity Removed (0012,0062).</summary>
    public static readonly DicomTag PatientIdentityRemoved = Define(0x00120062, DicomVr.CS, nameof(PatientIdentityRemoved));

    /// <summary>De-identification Method (0012,0063).</summary>
    public static readonly DicomTag DeidentificationMethod = Define(0x00120063, DicomVr.LO, nameof(DeidentificationMethod));

    /// <summary>De-identification Method Code Sequence (0012,0064).</summary>
    public static readonly DicomTag DeidentificationMethodCodeSequence = Define(0x00120064, DicomVr.SQ, nameof(DeidentificationMethodCodeSequence));

    /// <summary>Body Part Examined (0018,0015).</summary>
    public static readonly DicomTag BodyPartExamined = Define(0x00180015, DicomVr.CS, nameof(BodyPartExamined));

    /// <summary>Device Serial Number (0018,1000).</summary>
    public static readonly DicomTag DeviceSerialNumber = Define(0x00181000, DicomVr.LO, nameof(DeviceSerialNumber));

    /// <summary>Software Versions (0018,1020).</summary>
    public static readonly DicomTag SoftwareVersions = Define(0x00181020, DicomVr.LO, nameof(SoftwareVersions));

    /// <summary>Protocol Name (0018,1030).</summary>
    public static readonly DicomTag ProtocolName = Define(0x00181030, DicomVr.LO, nameof(ProtocolName));

    /// <summary>Spatial Resolution (0018,1050).</summary>
    public static readonly DicomTag SpatialResolution = Define(0x00181050, DicomVr.DS, nameof(SpatialResolution));

    /// <summary>Study Instance UID (0020,000D).</summary>
    public static readonly DicomTag StudyInstanceUID = Define(0x0020000D, DicomVr.UI, nameof(StudyInstanceUID));

    /// <summary>Series Instance UID (0020,000E).</summary>
    public static readonly DicomTag SeriesInstanceUID = Define(0x0020000E, DicomVr.UI, nameof(SeriesInstanceUID));

    /// <summary>Study ID (0020,0010).</summary>
    public static readonly DicomTag StudyID = Define(0x00200010, DicomVr.SH, nameof(StudyID));

    /// <summary>Series Number (0020,0011).</summary>
    public static readonly DicomTag SeriesNumber = Define(0x00200011, DicomVr.IS, nameof(SeriesNumber));

    /// <summary>Acquisition Number (0020,0012).</summary>
    public static readonly DicomTag AcquisitionNumber = Define(0x00200012, DicomVr.IS, nameof(AcquisitionNumber));

    /// <summary>Instance Number (0020,0013).</summary>
    public static readonly DicomTag InstanceNumber = Define(0x00200013, DicomVr.IS, nameof(InstanceNumber));

    /// <summary>Frame of Reference UID (0020,0052).</summary>
    public static readonly DicomTag FrameOfReferenceUID = Define(0x00200052, DicomVr.UI, nameof(FrameOfReferenceUID));

    /// <summary>Position Reference Indicator (0020,1040).</summary>
    public static readonly DicomTag PositionReferenceIndicator = Define(0x00201040, DicomVr.LO, nameof(PositionReferenceIndicator));

    /// <summary>Longitudinal Temporal Information Modified (0028,0303).</summary>
    public static readonly DicomTag LongitudinalTemporalInformationModified = Define(0x00280303, DicomVr.CS, nameof(LongitudinalTemporalInformationModified));

    /// <summary>Content Label (0070,0080).</summary>
    public static readonly DicomTag ContentLabel = Define(0x00700080, DicomVr.CS, nameof(ContentLabel));

    /// <summary>Content Description (0070,0081).</summary>
    public static readonly DicomTag ContentDescription = Define(0x00700081, DicomVr.LO, nameof(ContentDescription));

    /// <summary>Content Creator's Name (0070,0084).</summary>
    public static readonly DicomTag ContentCreatorName = Define(0x00700084, DicomVr.PN, nameof(ContentCreatorName));
}
