using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>Volumes in one file: NIfTI and NRRD, told by the ending.</summary>
internal static class LabelImages
{
    private const int MostNamed = 20;
    private static readonly string[] NiftiEndings = [".nii", ".nii.gz"], NrrdEndings = [".nrrd", ".nhdr"];

    public static bool IsOne(string path) => !Directory.Exists(path) && (EndsWith(path, NiftiEndings) || EndsWith(path, NrrdEndings));

    /// <summary>Reads one.</summary>
    /// <param name="path">File.</param>
    /// <param name="channel">Which component of an NRRD of several.</param>
    public static Volume<float> Read(string path, int channel = 0) => EndsWith(path, NiftiEndings) ? Nifti.Read(path) : Nrrd.Read(path, channel);

    /// <summary>The mask of a label.</summary>
    /// <param name="labels">Whole numbers, 0 outside.</param>
    /// <param name="label">The number wanted; null for the only one.</param>
    /// <param name="ofSeveral">The number taken where none is wanted and there are several; null refuses them.</param>
    /// <exception cref="ArgumentException">No such label, several where one must be named, or a name.</exception>
    public static Volume<byte> MaskOf(Volume<float> labels, string? label, int? ofSeveral = null)
    {
        SortedSet<float> present = Present(labels.Voxels);
        string all = present.Count == 0 ? "none" : string.Join(", ", present.Take(MostNamed));
        if (label is null)
        {
            return present.Count <= 1 ? Mask.OfLabel(labels)
                : ofSeveral is { } one && present.Contains(one) ? Mask.OfLabel(labels, one)
                : throw new ArgumentException($"The mask has several labels: {all}. Say which with --label.", nameof(label));
        }
        if (!int.TryParse(label, System.Globalization.CultureInfo.InvariantCulture, out int number))
            throw new ArgumentException($"A label image has numbers, not names; '{label}' is no number. It has {all}.", nameof(label));
        Volume<byte> mask = Mask.OfLabel(labels, number);
        return Mask.Count(mask) > 0 ? mask : throw new ArgumentException($"The mask has no voxel of label {label}; it has {all}.", nameof(label));
    }

    private static SortedSet<float> Present(ReadOnlySpan<float> voxels)
    {
        SortedSet<float> present = [];
        float last = 0;
        foreach (float v in voxels)
        {
            // Labels come in stretches: only a change is worth a look-up.
            if (v == last)
                continue;
            last = v;
            if (v != 0)
                present.Add(v);
        }
        return present;
    }

    private static bool EndsWith(string path, string[] endings) => Array.Exists(endings, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
