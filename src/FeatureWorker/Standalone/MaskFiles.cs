using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>A mask on the grid of an image.</summary>
/// <param name="Mask">1 inside.</param>
/// <param name="OwnGrid">The grid it was stored on; null for contours, which have none.</param>
/// <param name="Resampled">Whether it was taken from its own grid to the image's.</param>
public sealed record LoadedMask(Volume<byte> Mask, Geometry? OwnGrid, bool Resampled);

/// <summary>Loads regions onto the grid of an image: DICOM SEG, RTSTRUCT, NIfTI, NRRD.</summary>
public static class MaskFiles
{
    /// <summary>Loads the mask of one label.</summary>
    /// <param name="path">DICOM segmentation or structure set, NIfTI or NRRD.</param>
    /// <param name="label">Number or name; null for the only one.</param>
    /// <param name="image">The image.</param>
    /// <param name="choices">What to do with a mask on another grid, or of several components or labels; null for nothing.</param>
    /// <param name="fractionThreshold">Part of the maximum from which a voxel of a fractional segmentation is inside.</param>
    /// <param name="sameSpace">Whether a NIfTI or NRRD mask, which names no frame of reference, is known to lie in the image's space.</param>
    /// <exception cref="ImageFileException">It can't be used, or lies on another grid and in another or an unknown frame of reference.</exception>
    public static LoadedMask Load(string path, string? label, LoadedImage image, MaskChoices? choices = null, double fractionThreshold = 0.5, bool sameSpace = false) =>
        ImageFiles.Guard(path, () =>
        {
            if (LabelImages.IsOne(path))
                return OnGrid(LabelImages.MaskOf(LabelImages.Read(path, choices?.Channel ?? 0), label, choices?.LabelOfSeveral), image, choices ?? new(), sameSpace);
            DicomInstance regions = DicomFiles.RegionsOf(path);
            string frame = image.FrameOfReferenceUid
                ?? throw new ImageFileException($"{path}: a DICOM mask needs a DICOM image, whose frame of reference it names; convert the mask to the image's format.");
            return regions.SopClassUid == DicomUids.RtStructureSetStorage
                ? OfStructureSet(path, regions, label, image.Volume.Geometry, frame)
                : OfSegmentation(path, regions, label, image.Volume.Geometry, frame, fractionThreshold);
        });

    private static LoadedMask OnGrid(Volume<byte> mask, LoadedImage image, MaskChoices choices, bool sameSpace)
    {
        if (choices.Tolerance is { } tolerance && mask.Geometry.IsWithin(image.Volume.Geometry, tolerance))
            return new(mask.On(image.Volume.Geometry), mask.Geometry, Resampled: false);
        if (mask.Geometry.Coincides(image.Volume.Geometry))
            return new(mask, mask.Geometry, Resampled: false);
        if (choices.Correct)
            return new(MaskResampler.ToNearest(mask, image.Volume.Geometry), mask.Geometry, Resampled: true);
        if (sameSpace)
            return new(MaskResampler.ToGrid(mask, image.Volume.Geometry), mask.Geometry, Resampled: true);
        try
        {
            Mask.RequireSameGrid(image.Volume.Geometry, mask.Geometry);
        }
        catch (ArgumentException e)
        {
            throw new ImageFormatException(
                $"{ImageFiles.Reason(e)} The file names no frame of reference; if both lie in one patient space, say so with --same-space, and the mask is resampled.");
        }
        return new(mask, mask.Geometry, Resampled: false);
    }

    private static LoadedMask OfStructureSet(string path, DicomInstance instance, string? label, Geometry grid, string frame)
    {
        StructureSetRegion region = Choose(path, label, StructureSet.Read(instance).Regions, r => r.Number, r => r.Name, "region");
        return new(region.ToMask(grid, frame), null, Resampled: false);
    }

    private static LoadedMask OfSegmentation(string path, DicomInstance instance, string? label, Geometry grid, string frame, double threshold)
    {
        try
        {
            Segment segment = Choose(path, label, Segmentation.Read(instance, grid, frame, threshold).Segments, s => s.Number, s => s.Label, "segment");
            return new(segment.Mask, grid, Resampled: false);
        }
        catch (DicomFileException e) when (e.Fault == DicomFault.GridMismatch)
        {
            // The frame of reference is the same, or it would have been refused before the grid.
            Segment segment = Choose(path, label, Segmentation.Read(instance, threshold).Segments, s => s.Number, s => s.Label, "segment");
            return new(MaskResampler.ToGrid(segment.Mask, grid), segment.Mask.Geometry, Resampled: true);
        }
    }

    private static T Choose<T>(string path, string? label, IReadOnlyList<T> all, Func<T, int> number, Func<T, string> name, string kind)
    {
        T[] matches = [.. all.Where(r => label is null || name(r).Equals(label, StringComparison.OrdinalIgnoreCase) || $"{number(r)}" == label)];
        string known = string.Join(", ", all.Select(r => $"{number(r)} '{name(r)}'"));
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw new ImageFileException($"{path} has no {kind} '{label}'; it has {known}."),
            _ => throw new ImageFileException($"{path} has several {kind}s: {known}. Say which with --label."),
        };
    }
}
