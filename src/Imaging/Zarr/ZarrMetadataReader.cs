using System.Text.Json;

namespace HccPipeline.Imaging.Zarr;

/// <summary>Reads <c>zarr.json</c>, as strictly as the specification asks: what is not understood is not guessed.</summary>
internal static class ZarrMetadataReader
{
    private const int LargestChunk = 1 << 28;   // voxels; stands against damaged files

    internal static ZarrArray Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new ImageFormatException($"zarr.json can't be read: {e.Message}");
        }
    }

    private static ZarrArray Read(JsonElement root)
    {
        RefuseUnknown(root);
        Require(root.GetProperty("zarr_format").GetInt32() == 3, "this is not version 3 of the format");
        Require(root.GetProperty("node_type").GetString() == "array", "this is a group, not an array");
        (int x, int y, int z) = Sizes(root.GetProperty("shape"), int.MaxValue);
        JsonElement grid = root.GetProperty("chunk_grid"), keys = root.GetProperty("chunk_key_encoding");
        Require(NameOf(grid) == "regular", "the chunks are not a regular grid");
        Require(NameOf(keys) == "default" && (Configuration(keys, "separator")?.GetString() ?? "/") == "/", "the names of the chunks are not 'c/z/y/x'");
        (int chunkX, int chunkY, int chunkZ) = Sizes(Configuration(grid, "chunk_shape")!.Value, LargestChunk);
        ZarrArray array = new()
        {
            Geometry = Geometry(root.GetProperty("attributes").GetProperty("geometry"), x, y, z),
            DataType = ZarrDataTypes.Parse(root.GetProperty("data_type").GetString()),
            ChunkShape = new(chunkX, chunkY, chunkZ),
            FillValue = FillValue(root.GetProperty("fill_value")),
            Checksum = false,
        };
        Require(array.DataType != ZarrDataType.UInt8 || (array.FillValue is >= 0 and <= byte.MaxValue && double.IsInteger(array.FillValue)), "the fill value is not one of the data type");
        return Codecs(array, [.. root.GetProperty("codecs").EnumerateArray()]);
    }

    private static void RefuseUnknown(JsonElement root)
    {
        foreach (JsonProperty property in root.EnumerateObject())
        {
            bool known = property.Name is "zarr_format" or "node_type" or "shape" or "data_type" or "chunk_grid" or "chunk_key_encoding" or "fill_value" or "codecs"
                or "attributes" or "dimension_names" || property is { Name: "storage_transformers", Value: { ValueKind: JsonValueKind.Array } value } && value.GetArrayLength() == 0;
            bool mayBeIgnored = property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("must_understand", out JsonElement must) && must.ValueKind == JsonValueKind.False;
            Require(known || mayBeIgnored, $"'{property.Name}' is not understood");
        }
    }

    private static ZarrArray Codecs(ZarrArray array, JsonElement[] codecs)
    {
        Require(codecs.Length > 0 && NameOf(codecs[0]) == "bytes", "the first codec is not 'bytes'");
        Require(Configuration(codecs[0], "endian") is { } endian ? endian.GetString() == "little" : array.DataType == ZarrDataType.UInt8, "the bytes are not little-endian");
        foreach (JsonElement codec in codecs.AsSpan(1))
        {
            // A checksum under the compression is another chain than the one that is read here.
            Require(!array.Checksum, "a codec follows the checksum");
            switch (NameOf(codec))
            {
                case "gzip" when array.GzipLevel is null:
                    array = array with { GzipLevel = Configuration(codec, "level")?.GetInt32() ?? 6 };
                    break;
                case "crc32c":
                    array = array with { Checksum = true };
                    break;
                default:
                    throw new ImageFormatException($"zarr.json: the codec '{NameOf(codec)}' is not read here.");
            }
        }
        return array;
    }

    private static Geometry Geometry(JsonElement geometry, int x, int y, int z)
    {
        Require(geometry.GetProperty("space").GetString() == "LPS" && geometry.GetProperty("unit").GetString() == "mm", "the geometry is not told in LPS and mm");
        Vector3D spacing = Vector("spacing");
        Require(spacing is { X: > 0, Y: > 0, Z: > 0 }, "the spacing is not positive");
        return new()
        {
            SizeX = x,
            SizeY = y,
            SizeZ = z,
            SpacingMm = spacing,
            Origin = Vector("origin"),
            XAxis = Vector("x_axis"),
            YAxis = Vector("y_axis"),
            ZAxis = Vector("z_axis"),
        };

        Vector3D Vector(string name)
        {
            JsonElement vector = geometry.GetProperty(name);
            Require(vector.GetArrayLength() == 3, $"'{name}' has no three components");
            return new(vector[0].GetDouble(), vector[1].GetDouble(), vector[2].GetDouble());
        }
    }

    private static (int X, int Y, int Z) Sizes(JsonElement sizes, long most)
    {
        Require(sizes.GetArrayLength() == 3, "the array is not three-dimensional");
        (int x, int y, int z) = (sizes[2].GetInt32(), sizes[1].GetInt32(), sizes[0].GetInt32());
        Require(x > 0 && y > 0 && z > 0 && (long)x * y <= most && (long)x * y * z <= most, $"{x} × {y} × {z} voxels are none or too many");
        return (x, y, z);
    }

    private static double FillValue(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble()
        : value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => throw new ImageFormatException($"zarr.json: the fill value {value} is not read here."),
        };

    /// <summary>The name of an extension: an object with a name, or the name alone.</summary>
    private static string? NameOf(JsonElement extension) =>
        extension.ValueKind == JsonValueKind.String ? extension.GetString() : extension.GetProperty("name").GetString();

    private static JsonElement? Configuration(JsonElement extension, string key) =>
        extension.ValueKind == JsonValueKind.Object && extension.TryGetProperty("configuration", out JsonElement configuration) && configuration.TryGetProperty(key, out JsonElement value) ? value : null;

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new ImageFormatException($"zarr.json: {otherwise}.");
    }
}
