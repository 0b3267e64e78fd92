using System.Text;
using System.Text.Json.Nodes;
using HccPipeline.Imaging.Zarr;

namespace HccPipeline.Imaging.Tests.Zarr;

public sealed class ZarrMetadataTests
{
    private static readonly Geometry Oblique = new()
    {
        SizeX = 320,
        SizeY = 260,
        SizeZ = 72,
        SpacingMm = new(1.1875, 1.1875, 3.0000000000000004),
        Origin = new(-189.123456789012345, 1 / 3.0, 1e-300),
        XAxis = new(0.6, 0.8, 0),
        YAxis = new(-0.8, 0.6, 0),
    };

    [Theory]
    [InlineData(null, true, 0.0)]
    [InlineData(1, true, double.NaN)]
    [InlineData(9, false, double.NegativeInfinity)]
    [InlineData(null, false, 0.1)]
    public void Read_Written_IsTheSame(int? level, bool checksum, double fill)
    {
        ZarrArray array = ZarrArray.Of(Oblique, new(64, 48, 16), fill) with { GzipLevel = level, Checksum = checksum };

        Assert.Equal(array, ZarrMetadata.Read(ZarrMetadata.Write(array)));
    }

    [Fact]
    public void Write_Region_SaysWhatTheFormatAsksFor()
    {
        JsonNode json = JsonNode.Parse(ZarrMetadata.Write(ZarrArray.Of<byte>(Oblique, new(64, 48, 16), 0) with { GzipLevel = 1 }))!;
        (json["attributes"] as JsonObject)!.Clear();

        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse("""
            {
              "zarr_format": 3, "node_type": "array", "shape": [72, 260, 320], "data_type": "uint8",
              "chunk_grid": { "name": "regular", "configuration": { "chunk_shape": [16, 48, 64] } },
              "chunk_key_encoding": { "name": "default", "configuration": { "separator": "/" } },
              "fill_value": 0,
              "codecs": [{ "name": "bytes", "configuration": { "endian": "little" } }, { "name": "gzip", "configuration": { "level": 1 } }, { "name": "crc32c" }],
              "attributes": {},
              "dimension_names": ["z", "y", "x"]
            }
            """)), json.ToJsonString());
    }

    [Theory]
    [InlineData("\"zarr_format\": 3", "\"zarr_format\": 2")]
    [InlineData("\"node_type\": \"array\"", "\"node_type\": \"group\"")]
    [InlineData("\"float32\"", "\"int16\"")]
    [InlineData("\"regular\"", "\"rectilinear\"")]
    [InlineData("\"default\"", "\"v2\"")]
    [InlineData("\"separator\": \"/\"", "\"separator\": \".\"")]
    [InlineData("\"little\"", "\"big\"")]
    [InlineData("\"crc32c\"", "\"blosc\"")]
    [InlineData("\"name\": \"bytes\"", "\"name\": \"transpose\"")]
    [InlineData("\"fill_value\": 0", "\"fill_value\": \"none\"")]
    [InlineData("\"fill_value\": 0", "\"fill_value\": null")]
    [InlineData("\"space\": \"LPS\"", "\"space\": \"RAS\"")]
    [InlineData("\"unit\": \"mm\"", "\"unit\": \"m\"")]
    [InlineData("\"node_type\"", "\"extension\": 1, \"node_type\"")]
    [InlineData("\"node_type\"", "\"storage_transformers\": [{ \"name\": \"x\" }], \"node_type\"")]
    [InlineData("\"attributes\"", "\"attribute\"")]
    [InlineData("\"origin\"", "\"origins\"")]
    [InlineData("72,", "-72,")]
    [InlineData("72,", "72.5,")]
    [InlineData("72,", "2000000000,")]
    [InlineData("72,", "")]
    [InlineData("{", "[")]
    [InlineData("}", "")]
    public void Read_SomethingElse_IsRefused(string from, string to)
    {
        string text = Encoding.UTF8.GetString(ZarrMetadata.Write(ZarrArray.Of(Oblique, new(64, 48, 16), 0f)));
        string changed = text.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);

        Assert.Throws<ImageFormatException>(() => ZarrMetadata.Read(Encoding.UTF8.GetBytes(changed)));
    }

    [Fact]
    public void Read_ExtensionThatMayBeIgnored_IsIgnored()
    {
        ZarrArray array = ZarrArray.Of(Oblique, new(64, 48, 16), 0f);
        string text = Encoding.UTF8.GetString(ZarrMetadata.Write(array)).Replace(
            "\"node_type\"", "\"consolidated_metadata\": { \"must_understand\": false }, \"storage_transformers\": [], \"node_type\"", StringComparison.Ordinal);

        Assert.Equal(array, ZarrMetadata.Read(Encoding.UTF8.GetBytes(text)));
    }
}
