using System.Globalization;
using System.Text.Json;
using HccPipeline.Imaging;
using HccPipeline.Radiomics.Tests;
using HccPipeline.Testing;

namespace HccPipeline.Cli.Tests.Extract;

/// <summary>What <c>hcc extract</c> writes as JSON, of IBSI's digital phantom.</summary>
public sealed class JsonTests : IDisposable
{
    private const string IbsiProfile =
        """
        name: phantom
        convention: ibsi
        features:
          image:
            aggregations: [slice-averaged, slice-merged, direction-merged, fully-merged, volume-averaged, volume-merged]
        """;

    private static readonly string[] s_keys = ["name", "value", "unit", "ibsi", "tag"];
    private static readonly string[] s_provenance =
        ["profileSha256", "codeVersion", "imageSha256", "maskSha256", "gridBefore", "gridAfter", "maskGrid"];

    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-json-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Extract_PyRadiomics_IsAListOfTheFiveKeysPlusProvenance()
    {
        using JsonDocument json = await ExtractAsync("pyradiomics-default");

        Assert.Equal(["features", "provenance"], json.RootElement.EnumerateObject().Select(p => p.Name));
        JsonElement[] features = [.. json.RootElement.GetProperty("features").EnumerateArray()];
        Assert.Equal(107, features.Length);
        Assert.All(features, f => Assert.Equal(s_keys, f.EnumerateObject().Select(p => p.Name)));
        Assert.All(features, f => Assert.True(Text(f, "ibsi").Length is 0 or 4, Text(f, "name")));
        JsonElement mean = features.Single(f => Text(f, "name") == "original_firstorder_Mean");
        Assert.Equal(("Q4LE", "stat_mean"), (Text(mean, "ibsi"), Text(mean, "tag")));
        Assert.Equal(159.0 / 74, mean.GetProperty("value").GetDouble(), 1e-12);
        JsonElement provenance = json.RootElement.GetProperty("provenance");
        Assert.All(s_provenance, key => Assert.True(provenance.TryGetProperty(key, out _), key));
        Assert.All(s_provenance.Where(key => key.EndsWith("Sha256", StringComparison.Ordinal)), key => Assert.Matches("^[0-9a-f]{64}$", Text(provenance, key)));
    }

    /// <summary>Every tag is one of IBSI's, each that has a consensus value is there once and with that value: by tags its tables are joined to ours.</summary>
    [Fact]
    public async Task Extract_Ibsi_TagsAreThoseOfTheReferenceValueFiles()
    {
        string table = ConformanceData.Require("ibsi-1/reference_values/ibsi_1_dig_phantom.csv");
        string[][] references = [.. File.ReadLines(table).Skip(1).Select(line => line.Split(';'))];
        string profile = Path.Combine(_folder, "phantom.yaml");
        await File.WriteAllTextAsync(profile, IbsiProfile, TestContext.Current.CancellationToken);

        using JsonDocument json = await ExtractAsync(profile);

        ILookup<string, JsonElement> byTag = json.RootElement.GetProperty("features").EnumerateArray().ToLookup(f => Text(f, "tag"));
        Assert.Subset(references.Select(row => row[2]).ToHashSet(StringComparer.Ordinal), byTag.Select(f => f.Key).ToHashSet(StringComparer.Ordinal));
        foreach (string[] row in references.Where(row => row[0].Length > 0))
        {
            JsonElement feature = Assert.Single(byTag[row[2]]);
            Assert.Matches("^[A-Z0-9]{4}$", Text(feature, "ibsi"));
            Assert.Equal(Number(row[0]), feature.GetProperty("value").GetDouble(), Tolerance(row));
        }
    }

    private async Task<JsonDocument> ExtractAsync(string profile)
    {
        string image = Path.Combine(_folder, "image.nii"), mask = Path.Combine(_folder, "mask.nii"), output = Path.Combine(_folder, "out.json");
        Nifti.Write(image, DigitalPhantom.Image);
        Nifti.Write(mask, DigitalPhantom.Mask);
        int code = await Commands.ExtractCommand.Create().Parse(["--image", image, "--mask", mask, "--profile", profile, "--threads", "2", "--out", output])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        return JsonDocument.Parse(await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
    }

    private static string Text(JsonElement of, string key) => of.GetProperty(key).GetString()!;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The table's tolerance, or half a unit of the last of the three digits that it gives.</summary>
    private static double Tolerance(string[] reference)
    {
        double value = Math.Abs(Number(reference[0]));
        double rounding = value == 0 ? 0.0005 : Math.Pow(10, Math.Floor(Math.Log10(value)) - 2) / 2;
        return Math.Max(Number(reference[1]), rounding) * (1 + 1e-9);
    }
}
