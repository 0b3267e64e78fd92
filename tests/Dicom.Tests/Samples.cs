using HccPipeline.Imaging;

namespace HccPipeline.Dicom.Tests;

/// <summary>Small made objects that the tests share.</summary>
internal static class Samples
{
    public static readonly byte[] Key = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    /// <summary>An oblique grid, so that no axis is that of the patient.</summary>
    public static Geometry ObliqueGrid(int x = 20, int y = 16, int z = 5)
    {
        Vector3D row = new Vector3D(0.9, 0.1, -0.3).Normalized();
        Vector3D normal = row.Cross(new Vector3D(0.1, 0.8, 0.4)).Normalized();
        return new Geometry
        {
            SizeX = x, SizeY = y, SizeZ = z, SpacingMm = new Vector3D(1.25, 1.5, 4), Origin = new Vector3D(-31.5, 12.25, 140),
            XAxis = row, YAxis = normal.Cross(row), ZAxis = normal,
        };
    }

    public static StudyDescription Study() => new()
    {
        PatientId = "P001", PatientName = "Müller^Jörg", PatientBirthDate = new DateOnly(1951, 3, 4), PatientSex = "M",
        StudyInstanceUid = Uid("study"), StudyDate = new DateOnly(2021, 5, 6), Description = "MRI liver", InstitutionName = "General Hospital", StudyId = "1",
    };

    public static MrSeriesDescription Series(string name = "T2") => new()
    {
        SeriesInstanceUid = Uid("series " + name), FrameOfReferenceUid = Uid("frame"), SeriesNumber = 3, Description = "AX " + name,
        Equipment = new Equipment("Maker", "Model"), BValue = null,
    };

    public static Volume<float> Ramp(Geometry grid)
    {
        Volume<float> volume = new(grid);
        for (int i = 0; i < volume.Voxels.Length; i++)
            volume.Voxels[i] = i * 37 % 4001;
        return volume;
    }

    public static Volume<byte> Box(Geometry grid, int from, int to)
    {
        Volume<byte> mask = new(grid);
        for (int z = 1; z < grid.SizeZ - 1; z++)
        {
            for (int y = from; y < to; y++)
            {
                for (int x = from; x < to; x++)
                    mask[x, y, z] = 1;
            }
        }
        return mask;
    }

    public static DicomInstance Segmentation(IReadOnlyList<DicomInstance> images, Geometry grid) => SegmentationWriter.Create(
        Study(),
        new SegmentationDescription
        {
            SeriesInstanceUid = Uid("seg series"), SopInstanceUid = Uid("seg"), DimensionOrganizationUid = Uid("dimensions"), SeriesNumber = 100,
            Description = "Regions", Equipment = new Equipment("HccPipeline", "synth"),
        },
        images,
        [
            new SegmentToWrite("Lesion", CodedConcept.MorphologicallyAbnormalStructure, CodedConcept.Mass, Box(grid, 3, 9)),
            new SegmentToWrite("Muscle reference", CodedConcept.Tissue, CodedConcept.Muscle, Box(grid, 7, 12)),
        ]);

    public static string Uid(string name) => DicomUid.FromHmac(Key, name);
}
