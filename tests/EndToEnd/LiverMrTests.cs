using HccPipeline.Testing;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>Two real liver MR visits of one patient through the same path; the truth was computed with numpy, independently.</summary>
public sealed class LiverMrTests
{
    [Fact]
    public async Task Ingest_RealLiverVisits_GivesTheIndependentlyComputedFeatures()
    {
        string source = ConformanceData.Require("liver-mr");
        using TemporaryFolder folder = new();
        string clinical = folder["clinical.csv"], data = folder["data"], table = folder["features.csv"];
        await File.WriteAllTextAsync(clinical, ClinicalTable(source), TestContext.Current.CancellationToken);

        (int code, string output) = await HccProcess.RunAsync(null, "ingest", clinical, Path.Combine(source, "visit-1"), Path.Combine(source, "visit-2"), "--center", "TCIA", "--data", data);
        Assert.True(code == 0, output);
        (code, output) = await HccProcess.RunAsync(null, "features", "export", "--out", table, "--data", data);
        Assert.True(code == 0, output);

        Dictionary<string, double> features = ReadOnlyRow(table);
        using JsonDocument truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(source, "expected_roi_values.json"), TestContext.Current.CancellationToken));
        foreach ((string visit, string prefix) in new[] { ("visit-1", "pre"), ("visit-2", "post") })
        {
            JsonElement expected = truth.RootElement.GetProperty(visit);
            AssertRegion(expected.GetProperty("t2_Lesion"), $"{prefix}_T2_", 1);
            AssertRegion(expected.GetProperty("t2_Muscle reference"), $"{prefix}_T2_MuscleReference_", 1);
            AssertRegion(expected.GetProperty("adc_Lesion"), $"{prefix}_ADC_", 1e-3);   // stored in 10⁻⁶, reported in 10⁻³ mm²/s
            AssertRegion(expected.GetProperty("adc_Muscle reference"), $"{prefix}_ADC_MuscleReference_", 1e-3);
            AssertClose(expected.GetProperty("t2_sir").GetDouble(), features[$"{prefix}_T2_SIR"]);
            AssertClose(expected.GetProperty("adc_Lesion").GetProperty("mean").GetDouble() * 1e-3, features[$"{prefix}_ADC_Mean"]);
        }
        AssertClose(features["post_T2_SIR"] - features["pre_T2_SIR"], features["delta_T2_SIR"]);

        void AssertRegion(JsonElement expected, string prefix, double unit)
        {
            Assert.Equal(expected.GetProperty("voxels").GetInt32(), features[$"{prefix}VoxelCount"]);
            foreach ((string key, string name) in new[]
            {
                ("mean", "Mean"), ("min", "Minimum"), ("max", "Maximum"), ("p10", "10Percentile"), ("median", "Median"), ("p90", "90Percentile"),
            })
                AssertClose(expected.GetProperty(key).GetDouble() * unit, features[$"{prefix}original_firstorder_{name}"]);
        }

        static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * 1e-9);
    }

    private static Dictionary<string, double> ReadOnlyRow(string path)
    {
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(2, lines.Length);
        Dictionary<string, double> row = new(StringComparer.Ordinal);
        foreach ((string name, string field) in lines[0].Split(',').Zip(lines[1].Split(',')))
        {
            if (double.TryParse(field, CultureInfo.InvariantCulture, out double value))
                row.Add(name, value);
        }
        return row;
    }

    /// <summary>A clinical record for the patient of the images, with a treatment start between the two visits.</summary>
    private static string ClinicalTable(string source)
    {
        Dicom.DicomDataset Header(string visit) =>
            Dicom.DicomFile.ReadHeader(Directory.EnumerateFiles(Path.Combine(source, visit, "t2_image")).Order(StringComparer.Ordinal).First()).Dataset;

        string patient = Header("visit-1").GetString(Dicom.DicomTags.PatientID);
        DateOnly first = DateOnly.ParseExact(Header("visit-1").GetString(Dicom.DicomTags.StudyDate), "yyyyMMdd", CultureInfo.InvariantCulture);
        DateOnly second = DateOnly.ParseExact(Header("visit-2").GetString(Dicom.DicomTags.StudyDate), "yyyyMMdd", CultureInfo.InvariantCulture);
        Assert.True(first < second);
        return $"""
            patient_id,center,treatment_start,neutrophils_10e9_per_l,lymphocytes_10e9_per_l,platelets_10e9_per_l
            {patient},TCIA,{first.AddDays(1):yyyy-MM-dd},4.2,1.4,180
            """;
    }
}
