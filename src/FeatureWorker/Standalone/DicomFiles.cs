using HccPipeline.Dicom;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>DICOM objects of a file or folder, without a registry.</summary>
internal static class DicomFiles
{
    private const int HeadBytes = 132;

    /// <summary>The images of the one series that a path holds.</summary>
    /// <exception cref="ImageFileException">There is no image, or there are several series.</exception>
    public static IReadOnlyList<DicomInstance> ImagesOf(string path)
    {
        DicomInstance[] images = [.. Read(path).Where(i => !IsRegion(i))];
        string[] series = [.. images.Select(i => i.SeriesInstanceUid).Distinct(StringComparer.Ordinal)];
        return series.Length switch
        {
            1 => images,
            0 => throw new ImageFileException($"{path} holds no DICOM image; give a DICOM folder or file, .nii, .nii.gz, .nrrd or .nhdr."),
            _ => throw new ImageFileException($"{path} holds {series.Length} series; give a folder with the files of one."),
        };
    }

    /// <summary>The one segmentation or structure set that a path holds.</summary>
    /// <exception cref="ImageFileException">There is none, or several.</exception>
    public static DicomInstance RegionsOf(string path)
    {
        DicomInstance[] regions = [.. Read(path).Where(IsRegion)];
        return regions.Length switch
        {
            1 => regions[0],
            0 => throw new ImageFileException($"{path} is no mask: it holds neither a DICOM segmentation nor an RT structure set; give one of these, .nii, .nii.gz, .nrrd or .nhdr."),
            _ => throw new ImageFileException($"{path} holds {regions.Length} segmentations or structure sets; give the file of one."),
        };
    }

    /// <summary>Files of a path in the order of their names; of a folder, those that are DICOM objects.</summary>
    public static IEnumerable<string> Of(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(IsObject).Order(StringComparer.Ordinal)
        : [path];

    private static IEnumerable<DicomInstance> Read(string path) => Of(path).Select(DicomFile.Read);

    /// <summary>A DICOMDIR is a directory of files in the form of a file.</summary>
    private static bool IsObject(string file)
    {
        if (Path.GetFileName(file).Equals("DICOMDIR", StringComparison.OrdinalIgnoreCase))
            return false;
        Span<byte> head = stackalloc byte[HeadBytes];
        using FileStream stream = File.OpenRead(file);
        return stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) == HeadBytes && DicomFile.LooksLikeDicom(head);
    }

    private static bool IsRegion(DicomInstance i) =>
        i.SopClassUid is DicomUids.SegmentationStorage or DicomUids.LabelMapSegmentationStorage or DicomUids.RtStructureSetStorage;
}
