namespace HccPipeline.Dicom;

/// <summary>A code of a terminology (PS3.3, 8.8).</summary>
/// <param name="Value">Code Value (0008,0100).</param>
/// <param name="Scheme">Coding Scheme Designator (0008,0102), as "SCT" or "DCM".</param>
/// <param name="Meaning">Code Meaning (0008,0104).</param>
public sealed record CodedConcept(string Value, string Scheme, string Meaning)
{
    private const int LongestShortCode = 16;   // longer ones are Long Code Values (0008,0119)

    /// <summary>Morphologically abnormal structure, a category of segments.</summary>
    public static CodedConcept MorphologicallyAbnormalStructure { get; } = new("49755003", "SCT", "Morphologically Abnormal Structure");

    /// <summary>Tissue, a category of segments.</summary>
    public static CodedConcept Tissue { get; } = new("85756007", "SCT", "Tissue");

    /// <summary>Mass, a type of segment for a lesion.</summary>
    public static CodedConcept Mass { get; } = new("4147007", "SCT", "Mass");

    /// <summary>Muscle, a type of segment for a reference tissue.</summary>
    public static CodedConcept Muscle { get; } = new("91727004", "SCT", "Muscle");

    /// <summary>Diffusion image analysis, a derivation of maps.</summary>
    public static CodedConcept DiffusionImageAnalysis { get; } = new("129105", "DCM", "Diffusion image analysis");

    /// <summary>Pixel by pixel division, a derivation of maps.</summary>
    public static CodedConcept PixelByPixelDivision { get; } = new("113046", "DCM", "Pixel by pixel division");

    /// <summary>A radiomics feature of the neighbourhood of each voxel, a derivation of maps; the standard has no code of its own for it.</summary>
    public static CodedConcept RadiomicsFeatureMap { get; } = new("RADIOMICS_MAP", "99HCC", "Radiomics feature map");

    /// <summary>No unit, a unit of values.</summary>
    public static CodedConcept NoUnits { get; } = new("1", "UCUM", "no units");

    /// <summary>The code of a sequence item, or null where it has none.</summary>
    public static CodedConcept? FromItem(DicomDataset? item)
    {
        if (item is null)
            return null;
        bool found = item.TryGetString(DicomTags.CodeValue, out string value)
            || item.TryGetString(DicomTags.LongCodeValue, out value)
            || item.TryGetString(DicomTags.URNCodeValue, out value);
        return found
            ? new CodedConcept(value, item.GetStringOr(DicomTags.CodingSchemeDesignator, ""), item.GetStringOr(DicomTags.CodeMeaning, ""))
            : null;
    }

    /// <summary>The sequence item of this code.</summary>
    public DicomDataset ToItem() => new DicomDataset()
        .SetString(Value.Length <= LongestShortCode ? DicomTags.CodeValue : DicomTags.LongCodeValue, Value)
        .SetString(DicomTags.CodingSchemeDesignator, Scheme)
        .SetString(DicomTags.CodeMeaning, Meaning);
}
