namespace HccPipeline.Dicom;

/// <summary>The diffusion b-value of an image, s/mm².</summary>
/// <remarks>
/// The standard's attribute (0018,9087), at the top or in the MR diffusion functional group; else where the vendors keep it: Siemens
/// (0019,100C) under "SIEMENS MR HEADER", GE the first value of (0043,1039) under "GEMS_PARM_01", whose billions are a flag, Philips
/// (2001,1003) under "Philips Imaging DD 001". Private elements do not survive de-identification, which writes the standard one.
/// </remarks>
public static class DiffusionBValue
{
    // GE adds 10⁹ to mark b-values of a multi-b acquisition.
    private const double GeFlag = 1e9;

    private static readonly (DicomTag Tag, string Creator)[] Private =
    [
        (new DicomTag(0x0019100C), "SIEMENS MR HEADER"),
        (new DicomTag(0x00431039), "GEMS_PARM_01"),
        (new DicomTag(0x20011003), "Philips Imaging DD 001"),
    ];

    /// <summary>The b-value, or null where the image states none.</summary>
    public static double? Of(DicomDataset dataset)
    {
        if (dataset.TryGetDouble(DicomTags.DiffusionBValue, out double b) && IsPossible(b))
            return b;
        if (FunctionalGroups.Find(dataset, 0, DicomTags.MRDiffusionSequence) is { } group && group.TryGetDouble(DicomTags.DiffusionBValue, out b) && IsPossible(b))
            return b;
        foreach ((DicomTag tag, string creator) in Private)
        {
            // The block (gggg,10xx) belongs to the creator that (gggg,0010) names.
            DicomTag block = new(tag.Group, (ushort)(tag.Element >> 8));
            if (dataset.GetStringOr(block, "") == creator && PrivateNumber(dataset, tag) is { } value && IsPossible(value % GeFlag))
                return value % GeFlag;
        }
        return null;
    }

    private static bool IsPossible(double b) => b is >= 0 and < 50_000;

    private static double? PrivateNumber(DicomDataset dataset, DicomTag tag)
    {
        if (dataset.Find(tag) is not { } element)
            return null;
        // Archives that do not know a vendor's dictionary pass text on as unknown bytes.
        DicomElement known = element.Vr is DicomVr.UN or DicomVr.LO or DicomVr.SH ? new DicomElement(tag, DicomVr.IS, element.Value) : element;
        if (tag.Group == 0x2001 && element.Vr == DicomVr.UN && element.Value.Length == 4)
            known = new DicomElement(tag, DicomVr.FL, element.Value);
        return DicomNumbers.Read(known) is [var first, ..] ? first : null;
    }
}
