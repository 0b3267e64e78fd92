using HccPipeline.Dicom;
using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>An image from a file or folder.</summary>
/// <param name="Volume">Voxels and grid.</param>
/// <param name="FrameOfReferenceUid">For DICOM, else null.</param>
public sealed record LoadedImage(Volume<float> Volume, string? FrameOfReferenceUid);

/// <summary>Loads an image without a database: DICOM folder or file, NIfTI, NRRD.</summary>
public static class ImageFiles
{
    /// <summary>Loads an image.</summary>
    /// <param name="path">A folder with the files of one DICOM series, a DICOM file, .nii, .nii.gz, .nrrd or .nhdr.</param>
    /// <param name="stack">Which stack, from 1 on, of a series that holds several of one place: contrast phases, b-values, echoes.</param>
    /// <exception cref="ImageFileException">It can't be used; the message says why and what to do.</exception>
    public static LoadedImage LoadImage(string path, int? stack = null) => Guard(path, () =>
    {
        if (LabelImages.IsOne(path))
        {
            return stack is null or 1
                ? new LoadedImage(LabelImages.Read(path), null)
                : throw new ImageFileException($"{path} is one volume; it has no stack {stack}.");
        }
        SeriesVolume series = SeriesVolume.Read(StackOf(path, DicomFiles.ImagesOf(path), stack));
        return new LoadedImage(series.Volume, series.FrameOfReferenceUid);
    });

    /// <summary>Runs what reads a path and says which path it was when that fails.</summary>
    internal static T Guard<T>(string path, Func<T> load)
    {
        if (!Path.Exists(path))
            throw new ImageFileException($"There is no file or folder {path}.");
        try
        {
            return load();
        }
        catch (Exception e) when (e is DicomFileException or ImageFormatException or ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ImageFileException($"{path}: {Reason(e)}", e);
        }
    }

    /// <summary>The message for a user, to whom the name of a method's parameter says nothing.</summary>
    internal static string Reason(Exception e) =>
        e is ArgumentException { ParamName: { Length: > 0 } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;

    private static IReadOnlyList<DicomInstance> StackOf(string path, IReadOnlyList<DicomInstance> images, int? stack)
    {
        IReadOnlyList<IReadOnlyList<DicomInstance>> stacks = SeriesSplitter.Split(images);
        if (stack is { } wanted)
        {
            return wanted >= 1 && wanted <= stacks.Count
                ? stacks[wanted - 1]
                : throw new ImageFileException($"{path} has no stack {wanted}; it holds {stacks.Count}.");
        }
        return stacks.Count == 1
            ? stacks[0]
            : throw new ImageFileException(
                $"{path} holds {stacks.Count} stacks of one place ({string.Join(", ", stacks.Select((s, i) => $"{i + 1}: {s.Count} images"))}), as contrast phases or b-values are; say which with --stack.");
    }
}
