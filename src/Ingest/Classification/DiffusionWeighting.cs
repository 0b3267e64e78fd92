using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using HccPipeline.Dicom;

namespace HccPipeline.Ingest.Classification;

/// <summary>Finds the b-value of an image: the standard attribute, else where the vendors put it before they used that one.</summary>
public static partial class DiffusionWeighting
{
    private const double LargestBValue = 20_000;   // s/mm²; clinical scanners stop at some thousands
    private const double GeOffset = 1e5;           // GE writes b + n·10⁵ and larger flags into one number

    // Private elements with the creator that must stand at (gggg,00xx) for the block they are in.
    private static readonly (DicomTag Tag, string Creator)[] Private =
    [
        (new DicomTag(0x0019100C), "SIEMENS MR HEADER"),
        (new DicomTag(0x00431039), "GEMS_PARM_01"),
        (new DicomTag(0x20011003), "PHILIPS IMAGING DD 001"),
        (new DicomTag(0x00651009), "IMAGE PRIVATE HEADER"),   // United Imaging
    ];

    /// <summary>b-value, s/mm²; null where no attribute tells.</summary>
    public static double? Of(DicomDataset image)
    {
        DicomDataset? shared = image.FirstItem(DicomTags.SharedFunctionalGroupsSequence);
        DicomDataset? first = image.FirstItem(DicomTags.PerFrameFunctionalGroupsSequence);
        double? standard = Standard(image)
            ?? Standard(shared?.FirstItem(DicomTags.MRDiffusionSequence))
            ?? Standard(first?.FirstItem(DicomTags.MRDiffusionSequence));
        if (standard is not null)
            return standard;
        foreach ((DicomTag tag, string creator) in Private)
        {
            if (CreatorOf(image, tag) == creator && image.Find(tag) is { IsEmpty: false } element && Plausible(Read(image, element)) is { } b)
                return b;
        }
        return FromSequenceName(image.GetStringOr(DicomTags.SequenceName, ""));
    }

    /// <summary>Siemens names the weighting in the sequence: <c>*ep_b800t</c>, <c>ep_b50#1</c>.</summary>
    public static double? FromSequenceName(string sequenceName) =>
        SiemensName().Match(sequenceName) is { Success: true } match ? Plausible(double.Parse(match.Groups["b"].Value, CultureInfo.InvariantCulture)) : null;

    private static double? Standard(DicomDataset? dataset) =>
        dataset is not null && dataset.TryGetDouble(DicomTags.DiffusionBValue, out double b) ? Plausible(b) : null;

    private static double? Plausible(double? b) => b is >= 0 and <= LargestBValue ? b : null;

    private static string CreatorOf(DicomDataset image, DicomTag tag) =>
        image.GetStringOr(new DicomTag(tag.Group, (ushort)(tag.Element >> 8)), "").ToUpperInvariant();

    private static double? Read(DicomDataset image, DicomElement element)
    {
        double? value = element.Vr == DicomVr.UN ? ReadUnknown(image, element) : image.TryGetDouble(element.Tag, out double b) ? b : null;
        return element.Tag.Group == 0x0043 && value is { } coded ? coded % GeOffset : value;
    }

    // Without the vendor's dictionary the representation is lost: binary numbers have their length, the others are text.
    private static double? ReadUnknown(DicomDataset image, DicomElement element)
    {
        ReadOnlySpan<byte> bytes = element.Value.Span;
        return element.Tag.Group switch
        {
            0x2001 when bytes.Length == 4 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            0x0065 when bytes.Length == 8 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            _ => image.GetStrings(element.Tag) is [var text, ..] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double b) ? b : null,
        };
    }

    [GeneratedRegex(@"ep_b(?<b>[0-9]{1,5})(?![0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SiemensName();
}
