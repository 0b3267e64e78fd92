using System.Globalization;
using System.Text;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Tests;

namespace HccPipeline.Conformance;

/// <summary>IBSI 1's consensus tables: every value that has a reference, of both phantoms.</summary>
public sealed class IbsiOneTests
{
    private static readonly Aggregation[] s_planar =
        [Aggregation.SliceAveraged, Aggregation.SliceMerged, Aggregation.DirectionMerged, Aggregation.FullyMerged];

    private static readonly Aggregation[] s_spatial = [Aggregation.VolumeAveraged, Aggregation.VolumeMerged];

    private static readonly IbsiSettings s_threeD = new() { SpacingMm = new(2, 2, 2), RoundIntensities = true, Aggregations = s_spatial };

    /// <summary>The configurations of the reference manual, table 5.1.</summary>
    private static IbsiSettings Settings(string configuration) => configuration switch
    {
        "a" => new() { LowestIntensity = -500, HighestIntensity = 400, Bins = Discretisation.FixedBinSize(25), Aggregations = s_planar },
        "b" => new()
        {
            SpacingMm = new(2, 2, 3),
            RoundIntensities = true,
            LowestIntensity = -500,
            HighestIntensity = 400,
            Bins = Discretisation.FixedBinNumber(32),
            Aggregations = s_planar,
        },
        "c" => s_threeD with
        {
            LowestIntensity = -1000,
            HighestIntensity = 400,
            Bins = Discretisation.FixedBinSize(25),
            VolumeHistogramBins = Discretisation.FixedBinSize(2.5),
        },
        "d" => s_threeD with { OutlierSigmas = 3, Bins = Discretisation.FixedBinNumber(32) },
        _ => s_threeD with
        {
            ImageInterpolation = Interpolation.CubicSpline,
            LowestIntensity = -1000,
            HighestIntensity = 400,
            OutlierSigmas = 3,
            Bins = Discretisation.FixedBinNumber(32),
            VolumeHistogramBins = Discretisation.FixedBinNumber(1000),
        },
    };

    [Fact]
    public void DigitalPhantom_EveryReference_Agrees()
    {
        string table = ConformanceData.Require("ibsi-1/reference_values/ibsi_1_dig_phantom.csv");
        IReadOnlyList<FeatureValue> values =
            IbsiFeatures.Of(DigitalPhantom.Image, DigitalPhantom.Mask, new() { Aggregations = [.. s_planar, .. s_spatial] });
        Check("digital phantom", table, values.ToDictionary(v => v.Tag, v => v.Value), values);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    [InlineData("e")]
    public void CtPhantom_EveryReference_Agrees(string configuration)
    {
        string table = ConformanceData.Require($"ibsi-1/reference_values/ibsi_1_chest_config_{configuration}.csv");
        Volume<float> image = Nifti.Read(ConformanceData.Require("ibsi-1/ct_phantom/nifti/image/phantom.nii.gz"));
        Volume<byte> mask = Mask.OfLabel(Nifti.Read(ConformanceData.Require("ibsi-1/ct_phantom/nifti/mask/mask.nii.gz")));
        IbsiSettings settings = Settings(configuration);
        PreparedRegion region = PreparedRegion.Of(image, mask, settings);
        IReadOnlyList<FeatureValue> values = IbsiFeatures.Of(region, settings);
        Dictionary<string, double> ours = values.ToDictionary(v => v.Tag, v => v.Value);
        RegionDiagnostics.Add(ours, image, mask, region);
        Check($"CT phantom, configuration {configuration.ToUpperInvariant()}", table, ours, values);
    }

    private static void Check(string title, string table, Dictionary<string, double> ours, IReadOnlyList<FeatureValue> values)
    {
        Dictionary<string, string> codes = values.ToDictionary(v => v.Tag, v => v.Ibsi);
        StringBuilder text = new();
        int agree = 0;
        List<string> bad = [];
        IReadOnlyList<IbsiReference> references = IbsiReference.Read(table);
        foreach (IbsiReference r in references)
        {
            bool has = ours.TryGetValue(r.Tag, out double v);
            bool good = has && r.Agrees(v);
            agree += good ? 1 : 0;
            string line = string.Create(CultureInfo.InvariantCulture,
                $"| {r.Tag} | {codes.GetValueOrDefault(r.Tag, "")} | {(has ? v.ToString("G6", CultureInfo.InvariantCulture) : "–")} | {r.Value} | {r.Tolerance} | {(good ? "agrees" : "DIFFERS")} |");
            text.AppendLine(line);
            if (!good)
                bad.Add(line);
        }
        ConformanceReport.Add(title, $"{agree} of {references.Count} agree", text.ToString());
        Assert.True(bad.Count == 0, $"{title}: {agree} of {references.Count} agree\n{string.Join('\n', bad)}");
    }
}
