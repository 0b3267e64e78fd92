using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Takes apart series that hold several stacks of one place: b-values, echoes, contrast phases.</summary>
public static class SeriesSplitter
{
    // In the order in which scanners tell stacks apart; a time of day comes last, for it may differ within a stack too.
    private static readonly Func<DicomDataset, string>[] Distinctions =
    [
        d => DiffusionBValue.Of(d) is { } b ? b.ToString("000000.###") : "",
        d => string.Join('\\', d.GetStrings(DicomTags.ImageType)),
        d => Sortable(d, DicomTags.EchoTime),
        d => Sortable(d, DicomTags.InversionTime),
        d => Sortable(d, DicomTags.TemporalPositionIdentifier),
        d => Sortable(d, DicomTags.AcquisitionNumber),
        d => Sortable(d, DicomTags.TriggerTime),
        d => d.GetStringOr(DicomTags.AcquisitionTime, ""),
        d => d.GetStringOr(DicomTags.ContentTime, ""),
    ];

    /// <summary>The stacks of a series of single-frame images, each with at most one image of a place where the attributes allow it.</summary>
    /// <param name="instances">The images of one series.</param>
    /// <returns>
    /// One list where no two images share a place or nothing tells them apart; else a list for each b-value, image type, echo, inversion
    /// time, temporal position, acquisition, trigger time or time of day, in that order of trial and ascending.
    /// </returns>
    public static IReadOnlyList<IReadOnlyList<DicomInstance>> Split(IReadOnlyList<DicomInstance> instances)
    {
        List<IReadOnlyList<DicomInstance>> stacks = [instances];
        foreach (Func<DicomDataset, string> distinction in Distinctions)
        {
            if (stacks.TrueForAll(HasDistinctPlaces))
                break;
            stacks = [.. stacks.SelectMany(stack => HasDistinctPlaces(stack) ? [stack] : Divide(stack, distinction))];
        }
        return stacks;
    }

    private static IReadOnlyList<DicomInstance>[] Divide(IReadOnlyList<DicomInstance> stack, Func<DicomDataset, string> distinction)
    {
        DicomInstance[][] parts = [.. stack.GroupBy(i => distinction(i.Dataset), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray())];
        // An attribute that differs from slice to slice, as a time may, tears stacks apart instead of telling them apart.
        return Array.Exists(parts, p => p.Length == 1) && stack.Count > 2 ? [stack] : parts;
    }

    private static bool HasDistinctPlaces(IReadOnlyList<DicomInstance> stack)
    {
        HashSet<(Vector3D, string)> places = [];
        foreach (DicomInstance instance in stack)
        {
            DicomDataset d = instance.Dataset;
            if (FunctionalGroups.Has(d) || !d.Contains(DicomTags.ImagePositionPatient))
                continue;
            double[] p = d.GetDoubles(DicomTags.ImagePositionPatient, 3);
            Vector3D place = new(Math.Round(p[0], 2), Math.Round(p[1], 2), Math.Round(p[2], 2));
            if (!places.Add((place, string.Join('\\', d.GetStrings(DicomTags.ImageOrientationPatient)))))
                return false;
        }
        return true;
    }

    private static string Sortable(DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetDouble(tag, out double value) ? value.ToString("0000000000.######") : "";
}
