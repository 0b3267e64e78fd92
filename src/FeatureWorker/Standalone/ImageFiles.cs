using HccPipeline.Dicom;
using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>An image from a file or folder.</summary>
/// <param name="Volume">Voxels and grid.</param>
/// <param name="FrameOfReferenceUid">For DICOM, else null.</param>
public sealed record LoadedImage(Volume<float> Volume, string? FrameOfReferenceUid);

/// <summary>Loads an image and a mask without a database: DICOM folder or file, NIfTI, NRRD.</summary>
public static class ImageFiles
{
    /// <summary>Loads an image.</summary>
    /// <param name="path">A folder with the files of one DICOM series, a DICOM file, .nii, .nii.gz or .nrrd.</param>
    /// <exception cref="ImageFileException">It can't be used; the message says why and what to do.</exception>
    public static LoadedImage LoadImage(string path) => Guard(path, () =>
    {
        if (IsNifti(path))
            return new LoadedImage(Nifti.Read(path), null);
        if (IsNrrd(path))
            return new LoadedImage(Nrrd.Read(path), null);
        SeriesVolume series = SeriesVolume.Read(ReadSeries(path));
        return new LoadedImage(series.Volume, series.FrameOfReferenceUid);
    });

    /// <summary>Loads the mask of one label on the grid of an image.</summary>
    /// <param name="path">DICOM SEG, NIfTI or NRRD.</param>
    /// <param name="label">Segment or label number, or segment label; null for the only one.</param>
    /// <param name="image">The image it was drawn on.</param>
    /// <exception cref="ImageFileException">It can't be used, or lies on another grid.</exception>
    public static Volume<byte> LoadMask(string path, string? label, LoadedImage image) => Guard(path, () =>
    {
        if (!IsNifti(path) && !IsNrrd(path))
            return FromSegmentation(path, label, image);
        Volume<float> labels = IsNifti(path) ? Nifti.Read(path) : Nrrd.Read(path);
        Mask.RequireSameGrid(image.Volume.Geometry, labels.Geometry);
        if (label is null)
            return Mask.OfLabel(labels);
        return int.TryParse(label, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? Mask.OfLabel(labels, number)
            : throw new ImageFileException($"{path}: a label image has numbers, not names; '{label}' is no number.");
    });

    private static Volume<byte> FromSegmentation(string path, string? label, LoadedImage image)
    {
        DicomInstance instance = DicomFile.Read(path);
        Segmentation segmentation = image.FrameOfReferenceUid is { } frame
            ? Segmentation.Read(instance, image.Volume.Geometry, frame)
            : throw new ImageFileException($"{path}: a DICOM segmentation needs a DICOM image; convert the mask to the image's format.");
        Segment[] matches = [.. segmentation.Segments.Where(s => label is null
            || s.Label.Equals(label, StringComparison.OrdinalIgnoreCase)
            || $"{s.Number}" == label)];
        string all = string.Join(", ", segmentation.Segments.Select(s => $"{s.Number} '{s.Label}'"));
        return matches.Length switch
        {
            1 => matches[0].Mask,
            0 => throw new ImageFileException($"{path} has no segment '{label}'; it has {all}."),
            _ => throw new ImageFileException($"{path} has several segments: {all}. Say which with --label."),
        };
    }

    private static DicomInstance[] ReadSeries(string path)
    {
        DicomInstance[] instances = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(DicomFile.Read)]
            : [DicomFile.Read(path)];
        string[] series = [.. instances.Select(i => i.SeriesInstanceUid).Distinct(StringComparer.Ordinal)];
        return series.Length <= 1
            ? instances
            : throw new ImageFileException($"{path} holds {series.Length} series; give a folder with the files of one.");
    }

    private static T Guard<T>(string path, Func<T> load)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new ImageFileException($"There is no file or folder {path}.");
        try
        {
            return load();
        }
        catch (Exception e) when (e is DicomFileException or ImageFormatException or ArgumentException)
        {
            throw new ImageFileException($"{path}: {e.Message}", e);
        }
    }

    private static bool IsNifti(string path) =>
        path.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsNrrd(string path) => path.EndsWith(".nrrd", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A file can't be used; the message names it and says what to do.</summary>
public sealed class ImageFileException(string message, Exception? inner = null) : Exception(message, inner);
