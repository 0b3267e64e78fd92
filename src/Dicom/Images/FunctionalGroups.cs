namespace HccPipeline.Dicom;

/// <summary>Functional groups of multi-frame objects (PS3.3, C.7.6.16).</summary>
internal static class FunctionalGroups
{
    /// <summary>Whether the object describes its frames by functional groups.</summary>
    public static bool Has(DicomDataset dataset) =>
        dataset.Contains(DicomTags.PerFrameFunctionalGroupsSequence) || dataset.Contains(DicomTags.SharedFunctionalGroupsSequence);

    /// <summary>The item of a functional group that applies to a frame: its own, else the shared one, else null.</summary>
    public static DicomDataset? Find(DicomDataset dataset, int frame, DicomTag group)
    {
        IReadOnlyList<DicomDataset> perFrame = dataset.GetSequence(DicomTags.PerFrameFunctionalGroupsSequence);
        return (frame < perFrame.Count ? perFrame[frame].FirstItem(group) : null)
            ?? dataset.FirstItem(DicomTags.SharedFunctionalGroupsSequence)?.FirstItem(group);
    }

    /// <summary>The item of a functional group that applies to a frame.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.MissingAttribute"/>.</exception>
    public static DicomDataset Get(DicomDataset dataset, int frame, DicomTag group) =>
        Find(dataset, frame, group) ?? throw new DicomFileException(DicomFault.MissingAttribute,
            $"Frame {frame + 1} has no {DicomTags.Describe(group)}; export the object again with all functional groups.");
}
