namespace HccPipeline.Dicom;

/// <summary>One DICOM object in memory.</summary>
/// <param name="Dataset">Its elements, without file meta information; pixels, when read, are native and little endian.</param>
/// <param name="TransferSyntaxUid">How the file that it came from was encoded; explicit little endian for one made here.</param>
public sealed record DicomInstance(DicomDataset Dataset, string TransferSyntaxUid = DicomUids.ExplicitLittleEndian)
{
    /// <summary>SOP Class UID (0008,0016).</summary>
    public string SopClassUid => Dataset.GetString(DicomTags.SOPClassUID);

    /// <summary>SOP Instance UID (0008,0018).</summary>
    public string SopInstanceUid => Dataset.GetString(DicomTags.SOPInstanceUID);

    /// <summary>Study Instance UID (0020,000D).</summary>
    public string StudyInstanceUid => Dataset.GetString(DicomTags.StudyInstanceUID);

    /// <summary>Series Instance UID (0020,000E).</summary>
    public string SeriesInstanceUid => Dataset.GetString(DicomTags.SeriesInstanceUID);

    /// <summary>Whether pixels were read; never after reading the header alone.</summary>
    public bool HasPixelData => Dataset.Contains(DicomTags.PixelData);
}
