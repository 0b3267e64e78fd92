using System.Globalization;
using System.Text.RegularExpressions;
using HccPipeline.Dicom;

namespace HccPipeline.Ingest.Classification;

/// <summary>Finds the b-value of an image: where attributes state it, else in the name of its sequence.</summary>
public static partial class DiffusionWeighting
{
    /// <summary>b-value, s/mm²; null where no attribute tells.</summary>
    public static double? Of(DicomDataset image) =>
        DiffusionBValue.Of(image) ?? FromSequenceName(image.GetStringOr(DicomTags.SequenceName, ""));

    /// <summary>Siemens names the weighting in the sequence: <c>*ep_b800t</c>, <c>ep_b50#1</c>.</summary>
    public static double? FromSequenceName(string sequenceName) =>
        SiemensName().Match(sequenceName) is { Success: true } match ? double.Parse(match.Groups["b"].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"ep_b(?<b>[0-9]{1,4})(?![0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SiemensName();
}
