namespace HccPipeline.Dicom;

/// <summary>Cleans the texts that name regions and codes.</summary>
internal static class Labels
{
    /// <summary>A label of the list, else the meaning of the segment's coded type, else its number.</summary>
    public static string CleanLabel(DicomDataset dataset, DicomTag tag, IReadOnlySet<string> allowed)
    {
        string label = dataset.GetStringOr(tag, "");
        if (label.Length == 0 || (allowed.Contains(label) && System.Text.Ascii.IsValid(label)))
            return label;
        if (dataset.FirstItem(DicomTags.SegmentedPropertyTypeCodeSequence) is { } type && IsPublic(type) && CleanMeaning(type) is { Length: > 0 } meaning)
            return meaning;
        return tag == DicomTags.SegmentLabel
            ? $"Segment {dataset.GetStringOr(DicomTags.SegmentNumber, "")}"
            : $"ROI {dataset.GetStringOr(DicomTags.ROINumber, "")}";
    }

    /// <summary>The meaning of a code of a public terminology; that of a local one may be any text.</summary>
    public static string CleanMeaning(DicomDataset code)
    {
        string meaning = code.GetStringOr(DicomTags.CodeMeaning, "");
        return IsPublic(code) && System.Text.Ascii.IsValid(meaning) ? meaning : "LOCAL CODE";
    }

    private static bool IsPublic(DicomDataset code) =>
        code.GetStringOr(DicomTags.CodingSchemeDesignator, "") is "DCM" or "SCT" or "SRT" or "SNM3" or "UCUM" or "FMA" or "LN" or "NCIt" or "RADLEX" or "UMLS" or "IBSI";
}
