using HccPipeline.Testing;
using HccPipeline.Imaging;

namespace HccPipeline.Dicom.Tests;

public sealed class WriterConformanceTests
{
    [Theory]
    [InlineData("T2", null)]
    [InlineData("DWI", 800.0)]
    public void MrImage_CheckedByDciodvfyAndDcmdump_HasNoErrors(string name, double? bValue)
    {
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(
            Samples.Study(), Samples.Series(name) with { BValue = bValue }, Samples.Ramp(Samples.ObliqueGrid()));
        AssertConforms(images[2]);
    }

    [Fact]
    public void Segmentation_CheckedByDciodvfyAndDcmdump_HasNoErrors()
    {
        Geometry grid = Samples.ObliqueGrid();
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(grid));
        AssertConforms(Samples.Segmentation(images, grid));
    }

    internal static void AssertConforms(DicomInstance instance)
    {
        using Scratch scratch = new();
        string path = scratch.File("object.dcm");
        DicomFile.Write(instance.Dataset, path);
        (int dumped, string dump) = OtherTools.Run("dcmdump", "-q", path);
        Assert.Equal(0, dumped);
        Assert.Contains("(7fe0,00", dump, StringComparison.Ordinal);
        (_, string verdict) = OtherTools.Run("dciodvfy", path);
        Assert.False(verdict.Contains("Error", StringComparison.Ordinal), verdict);
        Assert.Contains(instance.SopClassUid switch
        {
            DicomUids.MrImageStorage => "MRImage",
            DicomUids.ParametricMapStorage => "ParametricMap",
            _ => "Segmentation",
        }, verdict, StringComparison.Ordinal);
    }
}
