using System.Globalization;

namespace HccPipeline.Dicom;

/// <summary>What all objects of one study have in common: patient and study modules.</summary>
public sealed record StudyDescription
{
    /// <summary>Patient ID (0010,0020).</summary>
    public required string PatientId { get; init; }

    /// <summary>Patient's Name (0010,0010), components separated by ^.</summary>
    public string PatientName { get; init; } = "";

    /// <summary>Patient's Birth Date (0010,0030).</summary>
    public DateOnly? PatientBirthDate { get; init; }

    /// <summary>Patient's Sex (0010,0040): M, F, O, or empty.</summary>
    public string PatientSex { get; init; } = "";

    /// <summary>Study Instance UID (0020,000D).</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Study Date (0008,0020).</summary>
    public required DateOnly StudyDate { get; init; }

    /// <summary>Study Time (0008,0030).</summary>
    public TimeOnly StudyTime { get; init; } = new(10, 0);

    /// <summary>Study ID (0020,0010).</summary>
    public string StudyId { get; init; } = "";

    /// <summary>Accession Number (0008,0050).</summary>
    public string AccessionNumber { get; init; } = "";

    /// <summary>Study Description (0008,1030).</summary>
    public string Description { get; init; } = "";

    /// <summary>Institution Name (0008,0080).</summary>
    public string InstitutionName { get; init; } = "";

    /// <summary>Body Part Examined (0018,0015).</summary>
    public string BodyPart { get; init; } = "LIVER";

    /// <summary>Patient and study of an image that is there, for objects that are derived from it.</summary>
    /// <exception cref="DicomFileException">The image lacks the study's UID or date.</exception>
    public static StudyDescription Of(DicomDataset image) => new()
    {
        PatientId = image.GetStringOr(DicomTags.PatientID, ""),
        PatientName = image.GetStringOr(DicomTags.PatientName, ""),
        PatientBirthDate = image.TryGetDate(DicomTags.PatientBirthDate, out DateOnly birth) ? birth : null,
        PatientSex = image.GetStringOr(DicomTags.PatientSex, ""),
        StudyInstanceUid = image.GetString(DicomTags.StudyInstanceUID),
        StudyDate = image.GetDate(DicomTags.StudyDate),
        StudyTime = DicomTime.Parse(image.GetStringOr(DicomTags.StudyTime, "")),
        StudyId = image.GetStringOr(DicomTags.StudyID, ""),
        AccessionNumber = image.GetStringOr(DicomTags.AccessionNumber, ""),
        Description = image.GetStringOr(DicomTags.StudyDescription, ""),
        InstitutionName = image.GetStringOr(DicomTags.InstitutionName, ""),
        BodyPart = image.GetStringOr(DicomTags.BodyPartExamined, ""),
    };

    /// <summary>Puts the patient and study modules into a dataset.</summary>
    internal void WriteTo(DicomDataset dataset)
    {
        dataset.SetString(DicomTags.SpecificCharacterSet, CharacterSets.Utf8Term)
            .SetString(DicomTags.PatientID, PatientId)
            .SetString(DicomTags.PatientName, PatientName)
            .SetString(DicomTags.PatientSex, PatientSex)
            .SetEmpty(DicomTags.PatientBirthDate)
            .SetString(DicomTags.StudyInstanceUID, StudyInstanceUid)
            .SetDate(DicomTags.StudyDate, StudyDate)
            .SetString(DicomTags.StudyTime, DicomTime.Format(StudyTime))
            .SetString(DicomTags.StudyID, StudyId)
            .SetString(DicomTags.AccessionNumber, AccessionNumber)
            .SetEmpty(DicomTags.ReferringPhysicianName);
        if (PatientBirthDate is { } birth)
            dataset.SetDate(DicomTags.PatientBirthDate, birth);
        if (Description.Length > 0)
            dataset.SetString(DicomTags.StudyDescription, Description);
        if (InstitutionName.Length > 0)
            dataset.SetString(DicomTags.InstitutionName, InstitutionName);
        if (BodyPart.Length > 0)
            dataset.SetString(DicomTags.BodyPartExamined, BodyPart);
    }
}

/// <summary>Times of day as DICOM writes them.</summary>
internal static class DicomTime
{
    /// <summary>HHMMSS.</summary>
    public static string Format(TimeOnly time) => time.ToString("HHmmss", CultureInfo.InvariantCulture);

    /// <summary>HHMMSS and whatever follows; midnight for anything else.</summary>
    public static TimeOnly Parse(string text) =>
        text.Length >= 6 && TimeOnly.TryParseExact(text.AsSpan(0, 6), "HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : default;
}

/// <summary>The machine or program that made a series.</summary>
/// <param name="Manufacturer">Manufacturer (0008,0070).</param>
/// <param name="Model">Manufacturer's Model Name (0008,1090).</param>
/// <param name="SerialNumber">Device Serial Number (0018,1000).</param>
/// <param name="SoftwareVersion">Software Versions (0018,1020).</param>
public sealed record Equipment(string Manufacturer, string Model, string SerialNumber = "1", string SoftwareVersion = "1")
{
    /// <summary>Puts the equipment modules into a dataset.</summary>
    internal void WriteTo(DicomDataset dataset) => dataset
        .SetString(DicomTags.Manufacturer, Manufacturer)
        .SetString(DicomTags.ManufacturerModelName, Model)
        .SetString(DicomTags.DeviceSerialNumber, SerialNumber)
        .SetString(DicomTags.SoftwareVersions, SoftwareVersion);
}
