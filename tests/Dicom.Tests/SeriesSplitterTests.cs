using HccPipeline.Testing;
using HccPipeline.Imaging;

namespace HccPipeline.Dicom.Tests;

public sealed class SeriesSplitterTests
{
    private readonly Geometry _grid = Samples.ObliqueGrid();

    [Fact]
    public void Split_BValuesInOneSeries_GivesAStackEach()
    {
        List<DicomInstance> mixed = [.. new[] { 800.0, 50, 0 }.SelectMany(b =>
            MrImageWriter.Create(Samples.Study(), Samples.Series("DWI") with { BValue = b }, Samples.Ramp(_grid)))];
        IReadOnlyList<IReadOnlyList<DicomInstance>> stacks = SeriesSplitter.Split(mixed);
        Assert.Equal([0.0, 50, 800], stacks.Select(s => DiffusionBValue.Of(s[0].Dataset)!.Value));
        Assert.All(stacks, s => Assert.Equal(_grid.SizeZ, SeriesVolume.Read(s).Volume.Geometry.SizeZ));
    }

    [Fact]
    public void Split_OneStack_StaysWhole()
    {
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid));
        Assert.Same(images, Assert.Single(SeriesSplitter.Split(images)));
    }

    [Fact]
    public void Split_CopiesThatNothingTellsApart_StayTogetherAndAreRefused()
    {
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid));
        IReadOnlyList<DicomInstance> stack = Assert.Single(SeriesSplitter.Split([.. images, .. images]));
        Assert.Equal(DicomFault.DuplicateSlice, Assert.Throws<DicomFileException>(() => SeriesVolume.Read(stack)).Fault);
    }

    [Fact]
    public void Split_PublicDynamicSeries_GivesThreePhasesOnWhichTheFractionalSegmentationFits()
    {
        string folder = ConformanceData.Require("dce-mr-seg");
        List<DicomInstance> images = [.. Directory.EnumerateFiles(Path.Combine(folder, "UCSF-BR-06", "image_dce_3dfgre_orig"), "*.dcm")
            .Order(StringComparer.Ordinal).Select(DicomFile.Read)];
        IReadOnlyList<IReadOnlyList<DicomInstance>> phases = SeriesSplitter.Split(images);
        Assert.Equal([60, 60, 60], phases.Select(p => p.Count));
        DicomInstance segmentation = DicomFile.Read(Path.Combine(folder, "UCSF-BR-06", "mask", "1-1.dcm"));
        Assert.Equal("FRACTIONAL", segmentation.Dataset.GetString(DicomTags.SegmentationType));
        int marked = segmentation.Dataset.Find(DicomTags.PixelData)!.Value.Span.Count((byte)255);
        foreach (IReadOnlyList<DicomInstance> phase in phases)
        {
            SeriesVolume series = SeriesVolume.Read(phase);
            Segment breast = Assert.Single(Segmentation.Read(segmentation, series.Volume.Geometry, series.FrameOfReferenceUid).Segments);
            Assert.Equal(marked, breast.Mask.Voxels.Count((byte)1));
        }
    }
}
