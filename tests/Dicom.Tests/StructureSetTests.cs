using HccPipeline.Imaging;

namespace HccPipeline.Dicom.Tests;

public sealed class StructureSetTests
{
    private readonly Geometry _grid = Samples.ObliqueGrid();

    [Fact]
    public void ToMask_RandomPolygons_AgreesWithWindingOfEachCentre()
    {
        Random random = new(5);
        for (int n = 0; n < 100; n++)
        {
            Vector3D[] polygon = Star(random);
            Volume<byte> mask = Region([polygon]).ToMask(_grid, "1.2");
            for (int y = 0; y < _grid.SizeY; y++)
            {
                for (int x = 0; x < _grid.SizeX; x++)
                    Assert.Equal(Winding(polygon, x, y) ? 1 : 0, mask[x, y, 2]);
            }
        }
    }

    [Fact]
    public void ToMask_ContourInsideAnother_IsAHole()
    {
        Volume<byte> mask = Region([Square(2, 12), Square(5, 9), Square(13, 15)]).ToMask(_grid, "1.2");
        Assert.Equal(100 - 16 + 4, mask.Voxels.Count((byte)1));
        Assert.Equal(0, mask[6, 6, 2]);
        Assert.Equal(1, mask[3, 3, 2]);
    }

    [Fact]
    public void ToMask_Keyhole_EqualsTwoContours()
    {
        Vector3D[] keyhole = [.. Square(2, 12), Square(2, 12)[0], .. Square(5, 9), Square(5, 9)[0]];
        Assert.True(Region([keyhole]).ToMask(_grid, "1.2").Voxels.SequenceEqual(Region([Square(2, 12), Square(5, 9)]).ToMask(_grid, "1.2").Voxels));
    }

    [Fact]
    public void ToMask_OfOtherImages_IsRefused()
    {
        StructureSetRegion region = Region([Square(2, 12)]);
        Assert.Equal(DicomFault.FrameOfReferenceMismatch, Fault(() => region.ToMask(_grid, "1.3")));
        Assert.Equal(DicomFault.GridMismatch, Fault(() => region.ToMask(_grid with { Origin = _grid.Origin + _grid.ZAxis }, "1.2")));
        Assert.Equal(DicomFault.UnsupportedObject, Fault(() => Region([]).ToMask(_grid, "1.2")));
        Assert.Equal(DicomFault.UnsupportedObject, Fault(() => StructureSet.Read(MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid))[0])));
    }

    [Fact]
    public void ToMask_ContourAcrossSlices_IsRefused()
    {
        StructureSetRegion tilted = new(1, "", "1.2", [new Contour([_grid.ToPatient(1, 1, 1), _grid.ToPatient(5, 1, 1), _grid.ToPatient(5, 5, 2)])]);
        Assert.Equal(DicomFault.GridMismatch, Fault(() => tilted.ToMask(_grid, "1.2")));
    }

    [Fact]
    public void Read_PublicStructureSet_HasTheVolumeOfItsPolygons()
    {
        string folder = ConformanceData.Folder("soft-tissue-mr-rtstruct");
        SeriesVolume series = SeriesVolume.Read(ConformanceData.Read("soft-tissue-mr-rtstruct", "MR_T2", "image"));
        StructureSet set = StructureSet.Read(DicomFile.Read(Path.Combine(folder, "MR_T2", "mask", "1-1.dcm")));
        Assert.Equal(["GTV_Mass", "GTV_Edema"], set.Regions.Select(r => r.Name));
        foreach (StructureSetRegion region in set.Regions)
        {
            Geometry grid = series.Volume.Geometry;
            int voxels = region.ToMask(grid, series.FrameOfReferenceUid).Voxels.Count((byte)1);
            double polygons = region.Contours.Sum(Area) * grid.SpacingMm.Z;
            Assert.Equal(polygons, voxels * grid.VoxelVolumeMm3, polygons * 0.01);
        }
    }

    private static DicomFault Fault(Action action) => Assert.Throws<DicomFileException>(action).Fault;

    private StructureSetRegion Region(Vector3D[][] polygons)
    {
        DicomDataset dataset = new DicomDataset()
            .SetString(DicomTags.SOPClassUID, DicomUids.RtStructureSetStorage)
            .SetString(DicomTags.SOPInstanceUID, "1.2.3")
            .SetSequence(DicomTags.StructureSetROISequence, new DicomDataset()
                .SetNumber(DicomTags.ROINumber, 4).SetString(DicomTags.ROIName, "Lesion").SetString(DicomTags.ReferencedFrameOfReferenceUID, "1.2"))
            .SetSequence(DicomTags.ROIContourSequence, new DicomDataset()
                .SetNumber(DicomTags.ReferencedROINumber, 4)
                .SetSequence(DicomTags.ContourSequence, [.. polygons.Select(p => new DicomDataset()
                    .SetString(DicomTags.ContourGeometricType, "CLOSED_PLANAR")
                    .SetNumber(DicomTags.ContourData, [.. p.Select(c => _grid.ToPatient(c.X, c.Y, 2)).SelectMany(c => new[] { c.X, c.Y, c.Z })]))]));
        return Assert.Single(StructureSet.Read(DicomFile.Read(DicomFile.ToBytes(dataset))).Regions);
    }

    private static Vector3D[] Square(double from, double to) =>
        [new(from - 0.5, from - 0.5, 0), new(to - 0.5, from - 0.5, 0), new(to - 0.5, to - 0.5, 0), new(from - 0.5, to - 0.5, 0)];

    private static Vector3D[] Star(Random random) => [.. Enumerable.Range(0, 9).Select(i =>
    {
        double radius = 2 + 9 * random.NextDouble();
        return new Vector3D(10.013 + radius * Math.Cos(i * Math.Tau / 9), 8.017 + radius * Math.Sin(i * Math.Tau / 9), 0);
    })];

    /// <summary>Whether the angles under which a point sees the edges add up to a full turn.</summary>
    private static bool Winding(Vector3D[] polygon, double x, double y)
    {
        double turn = 0;
        for (int i = 0; i < polygon.Length; i++)
        {
            Vector3D a = polygon[i] - new Vector3D(x, y, 0);
            Vector3D b = polygon[(i + 1) % polygon.Length] - new Vector3D(x, y, 0);
            turn += Math.Atan2(a.X * b.Y - a.Y * b.X, a.X * b.X + a.Y * b.Y);
        }
        return Math.Abs(turn) > Math.PI;
    }

    private static double Area(Contour contour)
    {
        Vector3D sum = Vector3D.Zero;
        for (int i = 0; i < contour.Points.Count; i++)
            sum += contour.Points[i].Cross(contour.Points[(i + 1) % contour.Points.Count]);
        return sum.Length / 2;
    }
}
