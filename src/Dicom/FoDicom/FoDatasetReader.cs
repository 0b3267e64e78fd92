using Fo = FellowOakDicom;

namespace HccPipeline.Dicom.FoDicom;

/// <summary>Copies fo-dicom's dataset into ours, values as the bytes that they came as.</summary>
internal static class FoDatasetReader
{
    /// <summary>Every element but compressed pixels and group lengths, which are of the encoding and retired.</summary>
    public static DicomDataset Read(Fo.DicomDataset source)
    {
        DicomDataset dataset = new();
        foreach (Fo.DicomItem item in source)
        {
            DicomTag tag = TagOf(item.Tag);
            if (tag.Element == 0)
                continue;
            if (item is Fo.DicomSequence sequence)
                dataset.Set(new DicomElement(tag, [.. sequence.Items.Select(Read)]));
            else if (item is Fo.DicomElement element)
                dataset.Set(new DicomElement(tag, Enum.Parse<DicomVr>(element.ValueRepresentation.Code), element.Buffer.Data));
        }
        return dataset;
    }

    /// <summary>The tag in our words.</summary>
    public static DicomTag TagOf(Fo.DicomTag tag) => new(tag.Group, tag.Element);
}
