using HccPipeline.Imaging;

namespace HccPipeline.Dicom.Tests;

public sealed class SegmentationTests
{
    private readonly Geometry _grid = Samples.ObliqueGrid();

    [Fact]
    public void Read_BinaryOfTwoSegments_GivesBackMasksAndCodes()
    {
        Segmentation read = Segmentation.Read(Roundtrip(Object()), _grid, Samples.Uid("frame"));
        Assert.Equal([1, 2], read.Segments.Select(s => s.Number));
        Assert.Equal(["Lesion", "Muscle reference"], read.Segments.Select(s => s.Label));
        Assert.Equal(CodedConcept.Muscle, read.Segments[1].Type);
        Assert.Equal(CodedConcept.MorphologicallyAbnormalStructure, read.Segments[0].Category);
        Assert.True(read.Segments[0].Mask.Voxels.SequenceEqual(Samples.Box(_grid, 3, 9).Voxels));
        Assert.True(read.Segments[1].Mask.Voxels.SequenceEqual(Samples.Box(_grid, 7, 12).Voxels));
    }

    [Fact]
    public void Read_OnItsOwnGrid_SpansTheFramesOnly()
    {
        Segmentation read = Segmentation.Read(Object());
        Geometry own = read.Segments[0].Mask.Geometry;
        Assert.Equal(_grid.SizeZ - 2, own.SizeZ);
        Assert.True((own.Origin - _grid.ToPatient(0, 0, 1)).Length < 1e-6);
        Assert.Equal(Count(Samples.Box(_grid, 3, 9)), Count(read.Segments[0].Mask));
    }

    [Theory]
    [InlineData(0.2, 3)]
    [InlineData(0.5, 2)]
    [InlineData(1.0, 1)]
    public void Read_Fractional_ComparesWithPartOfMaximum(double threshold, int inside)
    {
        DicomInstance instance = WithBytes("FRACTIONAL", frames: 1, bytes => (bytes[0], bytes[1], bytes[2], bytes[3]) = (200, 100, 40, 39));
        instance.Dataset.SetString(DicomTags.SegmentationFractionalType, "PROBABILITY").SetNumber(DicomTags.MaximumFractionalValue, 200);
        Assert.Equal(inside, Count(Segmentation.Read(instance, _grid, Samples.Uid("frame"), threshold).Segments[0].Mask));
    }

    [Fact]
    public void Read_LabelMap_TakesValuesAsSegmentNumbers()
    {
        DicomInstance instance = WithBytes("LABELMAP", frames: 1, bytes => (bytes[0], bytes[5], bytes[6], bytes[7]) = (1, 2, 2, 9));
        instance.Dataset.SetString(DicomTags.SOPClassUID, DicomUids.LabelMapSegmentationStorage);
        Segmentation read = Segmentation.Read(instance, _grid, Samples.Uid("frame"));
        Assert.Equal([1, 2], read.Segments.Select(s => Count(s.Mask)));
        Assert.Equal(1, read.Segments[1].Mask[5, 0, 1]);
    }

    [Fact]
    public void Read_OfOtherImages_IsRefusedWithTheReason()
    {
        Assert.Equal(DicomFault.FrameOfReferenceMismatch, Fault(Object(), _grid, Samples.Uid("another")));
        Assert.Equal(DicomFault.GridMismatch, Fault(Object(), _grid with { Origin = _grid.Origin + _grid.ZAxis }, Samples.Uid("frame")));
        Assert.Equal(DicomFault.GridMismatch, Fault(Object(), _grid with { SpacingMm = new(1.26, 1.5, 4) }, Samples.Uid("frame")));
        Assert.Equal(DicomFault.GridMismatch, Fault(Object(), Samples.ObliqueGrid(x: 21), Samples.Uid("frame")));
        Assert.Equal(DicomFault.GridMismatch, Fault(Object(), Samples.ObliqueGrid(z: 2), Samples.Uid("frame")));
        DicomInstance image = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid))[0];
        Assert.Equal(DicomFault.UnsupportedObject, Fault(image, _grid, Samples.Uid("frame")));
    }

    private static DicomFault Fault(DicomInstance instance, Geometry grid, string frameOfReference) =>
        Assert.Throws<DicomFileException>(() => Segmentation.Read(instance, grid, frameOfReference)).Fault;

    private DicomInstance WithBytes(string type, int frames, Action<byte[]> paint)
    {
        DicomInstance instance = Object();
        byte[] bytes = new byte[_grid.SizeX * _grid.SizeY * frames];
        paint(bytes);
        instance.Dataset.SetString(DicomTags.SegmentationType, type).SetNumber(DicomTags.NumberOfFrames, frames)
            .SetNumber(DicomTags.BitsAllocated, 8).SetNumber(DicomTags.BitsStored, 8).SetNumber(DicomTags.HighBit, 7)
            .SetBytes(DicomTags.PixelData, DicomVr.OB, bytes);
        return instance;
    }

    private DicomInstance Object() =>
        Samples.Segmentation(MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid)), _grid);

    private static DicomInstance Roundtrip(DicomInstance instance) => DicomFile.Read(DicomFile.ToBytes(instance.Dataset));

    private static int Count(Volume<byte> mask) => mask.Voxels.Count((byte)1);
}
