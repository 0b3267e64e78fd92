using HccPipeline.Dicom;

namespace HccPipeline.Ingest.Classification;

/// <summary>The attributes of an MR image that tell what it shows.</summary>
public sealed record ImageAttributes
{
    /// <summary>Image Type (0008,0008).</summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary>Series Description (0008,103E).</summary>
    public string SeriesDescription { get; init; } = "";

    /// <summary>Protocol Name (0018,1030).</summary>
    public string ProtocolName { get; init; } = "";

    /// <summary>Sequence Name (0018,0024) or Pulse Sequence Name (0018,9005).</summary>
    public string SequenceName { get; init; } = "";

    /// <summary>Scanning Sequence (0018,0020).</summary>
    public IReadOnlyList<string> ScanningSequence { get; init; } = [];

    /// <summary>Sequence Variant (0018,0021).</summary>
    public IReadOnlyList<string> SequenceVariant { get; init; } = [];

    /// <summary>Acquisition Contrast (0008,9209) of enhanced objects.</summary>
    public string AcquisitionContrast { get; init; } = "";

    /// <summary>Contrast/Bolus Agent (0018,0010).</summary>
    public string ContrastAgent { get; init; } = "";

    /// <summary>Echo Time (0018,0081) or Effective Echo Time (0018,9082), ms.</summary>
    public double? EchoTimeMs { get; init; }

    /// <summary>Repetition Time (0018,0080), ms.</summary>
    public double? RepetitionTimeMs { get; init; }

    /// <summary>Inversion Time (0018,0082), ms.</summary>
    public double? InversionTimeMs { get; init; }

    /// <summary>Diffusion weighting as far as attributes (standard or a vendor's) tell, s/mm².</summary>
    public double? BValue { get; init; }

    /// <summary>Takes the attributes of an image, classic or enhanced.</summary>
    public static ImageAttributes Of(DicomDataset image)
    {
        DicomDataset? shared = image.FirstItem(DicomTags.SharedFunctionalGroupsSequence);
        return new()
        {
            ImageType = image.GetStrings(DicomTags.ImageType),
            SeriesDescription = image.GetStringOr(DicomTags.SeriesDescription, ""),
            ProtocolName = image.GetStringOr(DicomTags.ProtocolName, ""),
            SequenceName = image.GetStringOr(DicomTags.SequenceName, image.GetStringOr(DicomTags.PulseSequenceName, "")),
            ScanningSequence = image.GetStrings(DicomTags.ScanningSequence),
            SequenceVariant = image.GetStrings(DicomTags.SequenceVariant),
            AcquisitionContrast = image.GetStringOr(DicomTags.AcquisitionContrast, ""),
            ContrastAgent = image.GetStringOr(DicomTags.ContrastBolusAgent, ""),
            EchoTimeMs = Number(image, DicomTags.EchoTime) ?? Number(shared?.FirstItem(DicomTags.MREchoSequence), DicomTags.EffectiveEchoTime),
            RepetitionTimeMs = Number(image, DicomTags.RepetitionTime),
            InversionTimeMs = Number(image, DicomTags.InversionTime),
            BValue = DiffusionWeighting.Of(image),
        };
    }

    private static double? Number(DicomDataset? dataset, DicomTag tag) =>
        dataset is not null && dataset.TryGetDouble(tag, out double value) && double.IsFinite(value) ? value : null;
}
