namespace HccPipeline.Dicom;

/// <summary>The diffusion b-value of an image, s/mm².</summary>
/// <remarks>
/// The standard's attribute (0018,9087), at the top or in the MR diffusion functional group; else where the vendors keep it: Siemens
/// (0019,100C) under "SIEMENS MR HEADER", GE the first value of (0043,1039) under "GEMS_PARM_01", whose multiples of 10⁵ are flags, Philips
/// (2001,1003) under "Philips Imaging DD 001", United Imaging (0065,1009) under "Image Private Header". Private elements do not survive
/// de-identification, which writes the standard one.
/// </remarks>
public static class DiffusionBValue
{
    // Clinical scanners stop at some thousands; GE adds 10⁹ in a multi-b acquisition, and lesser flags.
    private const double Largest = 20_000;
    private const double GeFlags = 1e5;
    private const ushort GeGroup = 0x0043;

    private static readonly (DicomTag Tag, string Creator, DicomVr Vr)[] Private =
    [
        (new DicomTag(0x0019100C), "SIEMENS MR HEADER", DicomVr.IS),
        (new DicomTag(0x00431039), "GEMS_PARM_01", DicomVr.IS),
        (new DicomTag(0x20011003), "Philips Imaging DD 001", DicomVr.FL),
        (new DicomTag(0x00651009), "Image Private Header", DicomVr.FD),
    ];

    /// <summary>The b-value, or null where the image states none.</summary>
    public static double? Of(DicomDataset dataset)
    {
        if (dataset.TryGetDouble(DicomTags.DiffusionBValue, out double b) && IsPossible(b))
            return b;
        if (FunctionalGroups.Find(dataset, 0, DicomTags.MRDiffusionSequence) is { } group && group.TryGetDouble(DicomTags.DiffusionBValue, out b) && IsPossible(b))
            return b;
        foreach ((DicomTag tag, string creator, DicomVr vr) in Private)
        {
            // The block (gggg,10xx) belongs to the creator that (gggg,0010) names.
            DicomTag block = new(tag.Group, (ushort)(tag.Element >> 8));
            if (dataset.GetStringOr(block, "").Equals(creator, StringComparison.OrdinalIgnoreCase)
                && dataset.Find(tag) is { } element && Number(element, vr) is { } value && IsPossible(value))
            {
                return value;
            }
        }
        return null;
    }

    private static bool IsPossible(double b) => b is >= 0 and <= Largest;

    private static double? Number(DicomElement element, DicomVr usual)
    {
        // Archives that do not know a vendor's dictionary pass values on as unknown bytes or as text.
        DicomElement known = element.Vr switch
        {
            DicomVr.UN => new DicomElement(element.Tag, usual, element.Value),
            DicomVr.LO or DicomVr.SH => new DicomElement(element.Tag, DicomVr.IS, element.Value),
            _ => element,
        };
        return DicomNumbers.Read(known) is not [var first, ..] ? null : element.Tag.Group == GeGroup ? first % GeFlags : first;
    }
}
