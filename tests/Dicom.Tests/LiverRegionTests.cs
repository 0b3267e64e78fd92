using HccPipeline.Testing;
using System.Text.Json;

namespace HccPipeline.Dicom.Tests;

/// <summary>Region values of two real liver visits against those that numpy gave for the same files.</summary>
public sealed class LiverRegionTests
{
    [Theory]
    [InlineData("visit-1", "t2", "Lesion")]
    [InlineData("visit-1", "t2", "Muscle reference")]
    [InlineData("visit-1", "adc", "Lesion")]
    [InlineData("visit-1", "adc", "Muscle reference")]
    [InlineData("visit-2", "t2", "Lesion")]
    [InlineData("visit-2", "t2", "Muscle reference")]
    [InlineData("visit-2", "adc", "Lesion")]
    [InlineData("visit-2", "adc", "Muscle reference")]
    public void Region_OfARealVisit_HasTheExpectedValues(string visit, string sequence, string label)
    {
        string folder = ConformanceData.Require("liver-mr");
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected_roi_values.json")));
        JsonElement values = expected.RootElement.GetProperty(visit).GetProperty($"{sequence}_{label}");

        SeriesVolume series = SeriesVolume.Read(PublicData.Read("liver-mr", visit, $"{sequence}_image"));
        DicomInstance seg = DicomFile.Read(Path.Combine(folder, visit, $"roi_{sequence}_seg.dcm"));
        Segment segment = Segmentation.Read(seg, series.Volume.Geometry, series.FrameOfReferenceUid).Segments.Single(s => s.Label == label);
        double[] inside = [.. series.Volume.Voxels.ToArray().Where((_, i) => segment.Mask.Voxels[i] == 1).Select(v => (double)v).Order()];

        Assert.Equal(values.GetProperty("voxels").GetInt32(), inside.Length);
        double mean = inside.Average();
        Assert.Equal(values.GetProperty("mean").GetDouble(), mean, mean * 1e-12);
        Assert.Equal(values.GetProperty("sd").GetDouble(), Math.Sqrt(inside.Average(v => (v - mean) * (v - mean))), 1e-8);
        Assert.Equal(values.GetProperty("min").GetDouble(), inside[0]);
        Assert.Equal(values.GetProperty("max").GetDouble(), inside[^1]);
        Assert.Equal(values.GetProperty("p10").GetDouble(), Percentile(inside, 0.1), 1e-9);
        Assert.Equal(values.GetProperty("median").GetDouble(), Percentile(inside, 0.5), 1e-9);
        Assert.Equal(values.GetProperty("p90").GetDouble(), Percentile(inside, 0.9), 1e-9);
    }

    [Fact]
    public void Segmentation_OfTheOtherVisit_IsRefused()
    {
        string folder = ConformanceData.Require("liver-mr");
        SeriesVolume series = SeriesVolume.Read(PublicData.Read("liver-mr", "visit-1", "t2_image"));
        DicomInstance other = DicomFile.Read(Path.Combine(folder, "visit-2", "roi_t2_seg.dcm"));
        DicomFileException error = Assert.Throws<DicomFileException>(() => Segmentation.Read(other, series.Volume.Geometry, series.FrameOfReferenceUid));
        Assert.Equal(DicomFault.FrameOfReferenceMismatch, error.Fault);
    }

    private static double Percentile(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
