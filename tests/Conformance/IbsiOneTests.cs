using System.Globalization;
using System.Text;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
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
        HashedProfile profile = ProfileReader.ReadFile(ProfileOf(configuration));
        ExtractionSettings settings = FeatureSettings.Of(profile.Profile.Features.Image!, profile.Profile.Convention);
        PreparedRegion region = PreparedRegion.Of(image, mask, settings.Preparation);
        IReadOnlyList<FeatureValue> values = RegionFeatures.Compute(image, mask, profile);
        Dictionary<string, double> ours = values.ToDictionary(v => v.Tag, v => v.Value);
        RegionDiagnostics.Add(ours, image, mask, region);
        Check($"CT phantom, configuration {configuration.ToUpperInvariant()}", table, ours, values);
    }

    /// <summary>The configurations of the reference manual, table 5.1, as they ship.</summary>
    private static string ProfileOf(string configuration) => ConformanceData.Repository is { } repository
        ? Path.Combine(repository, "profiles", $"ibsi-{configuration}.yaml")
        : $"ibsi-{configuration}";

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
