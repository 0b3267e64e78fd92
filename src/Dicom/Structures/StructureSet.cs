using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>A closed contour in one plane.</summary>
/// <param name="Points">Corners in patient space, mm; the last is joined to the first.</param>
public sealed record Contour(IReadOnlyList<Vector3D> Points);

/// <summary>One region of interest of a structure set.</summary>
/// <param name="Number">ROI Number (3006,0022).</param>
/// <param name="Name">ROI Name (3006,0026); empty where it was removed.</param>
/// <param name="FrameOfReferenceUid">Referenced Frame of Reference UID (3006,0024).</param>
/// <param name="Contours">Its closed planar contours; open lines and points enclose nothing and are left out.</param>
public sealed record StructureSetRegion(int Number, string Name, string FrameOfReferenceUid, IReadOnlyList<Contour> Contours)
{
    /// <summary>The region on the grid of images: 1 where a voxel's centre is inside.</summary>
    /// <remarks>A contour inside another one is a hole (even-odd rule), drawn apart or joined to the outer one by a keyhole.</remarks>
    /// <param name="grid">Grid of the images.</param>
    /// <param name="frameOfReferenceUid">Frame of reference of the images.</param>
    /// <exception cref="DicomFileException">
    /// Another frame of reference, a contour that lies on no slice of the grid, or no closed contour at all.
    /// </exception>
    public Volume<byte> ToMask(Geometry grid, string frameOfReferenceUid)
    {
        if (!string.Equals(FrameOfReferenceUid, frameOfReferenceUid, StringComparison.Ordinal))
        {
            throw new DicomFileException(DicomFault.FrameOfReferenceMismatch,
                $"Region {Number} lies in frame of reference {FrameOfReferenceUid}, the images in {(frameOfReferenceUid.Length > 0 ? frameOfReferenceUid : "none")}; contour these images, or give the images that were contoured.");
        }
        if (Contours.Count == 0)
            throw new DicomFileException(DicomFault.UnsupportedObject, $"Region {Number} has no closed contour; draw it as closed planar contours.");
        Volume<byte> mask = new(grid);
        foreach (Contour contour in Contours)
            ContourFill.Toggle(mask, contour, Number);
        return mask;
    }
}

/// <summary>Regions of interest of an RT structure set.</summary>
public sealed record StructureSet
{
    /// <summary>The regions in the order of their numbers.</summary>
    public required IReadOnlyList<StructureSetRegion> Regions { get; init; }

    /// <summary>Reads the regions.</summary>
    /// <param name="instance">The structure set.</param>
    /// <exception cref="DicomFileException">It is no structure set, or a contour makes no sense.</exception>
    public static StructureSet Read(DicomInstance instance)
    {
        if (instance.SopClassUid != DicomUids.RtStructureSetStorage)
            throw new DicomFileException(DicomFault.UnsupportedObject, $"This is no RT structure set but SOP class {instance.SopClassUid}; give the RTSTRUCT file.");
        Dictionary<int, List<Contour>> contours = [];
        foreach (DicomDataset item in instance.Dataset.GetSequence(DicomTags.ROIContourSequence))
        {
            int number = item.GetInt(DicomTags.ReferencedROINumber);
            if (!contours.TryGetValue(number, out List<Contour>? list))
                contours[number] = list = [];
            list.AddRange(item.GetSequence(DicomTags.ContourSequence).Where(IsClosed).Select(c => Parse(c, number)));
        }
        return new StructureSet
        {
            Regions = [.. instance.Dataset.GetSequence(DicomTags.StructureSetROISequence)
                .Select(item => RegionOf(item, contours))
                .OrderBy(region => region.Number)],
        };
    }

    private static StructureSetRegion RegionOf(DicomDataset item, Dictionary<int, List<Contour>> contours)
    {
        int number = item.GetInt(DicomTags.ROINumber);
        return new StructureSetRegion(number, item.GetStringOr(DicomTags.ROIName, ""),
            item.GetString(DicomTags.ReferencedFrameOfReferenceUID), contours.GetValueOrDefault(number) ?? []);
    }

    private static bool IsClosed(DicomDataset contour) =>
        contour.GetString(DicomTags.ContourGeometricType) is "CLOSED_PLANAR" or "CLOSEDPLANAR_XOR";

    private static Contour Parse(DicomDataset item, int region)
    {
        double[] data = item.GetDoubles(DicomTags.ContourData);
        if (data.Length % 3 != 0 || !Array.TrueForAll(data, double.IsFinite))
            throw new DicomFileException(DicomFault.InvalidValue, $"A contour of region {region} has {data.Length} numbers, which are no points in space; export the structure set again.");
        return new Contour([.. Enumerable.Range(0, data.Length / 3).Select(i => new Vector3D(data[3 * i], data[3 * i + 1], data[3 * i + 2]))]);
    }
}
