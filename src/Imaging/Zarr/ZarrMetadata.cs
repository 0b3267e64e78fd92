using System.Text.Json;

namespace HccPipeline.Imaging.Zarr;

/// <summary>
/// Writes <c>zarr.json</c>. The geometry stands in the attributes: <c>"geometry": { "space": "LPS", "unit": "mm", "origin": [x,y,z], "spacing": [x,y,z],
/// "x_axis": …, "y_axis": …, "z_axis": … }</c>; unlike the shape, its vectors run x, y, z.
/// </summary>
public static class ZarrMetadata
{
    /// <summary>Name of the metadata beside the chunks.</summary>
    public const string Name = "zarr.json";

    /// <summary>Writes the metadata of an array.</summary>
    public static byte[] Write(ZarrArray array)
    {
        using MemoryStream utf8 = new();
        using (Utf8JsonWriter json = new(utf8, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("zarr_format", 3);
            json.WriteString("node_type", "array");
            WriteSizes(json, "shape", array.Geometry.SizeX, array.Geometry.SizeY, array.Geometry.SizeZ);
            json.WriteString("data_type", ZarrDataTypes.NameOf(array.DataType));
            json.WriteStartObject("chunk_grid");
            json.WriteString("name", "regular");
            json.WriteStartObject("configuration");
            WriteSizes(json, "chunk_shape", array.ChunkShape.SizeX, array.ChunkShape.SizeY, array.ChunkShape.SizeZ);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("chunk_key_encoding");
            json.WriteString("name", "default");
            json.WriteStartObject("configuration");
            json.WriteString("separator", "/");
            json.WriteEndObject();
            json.WriteEndObject();
            WriteFillValue(json, array.FillValue);
            WriteCodecs(json, array);
            json.WriteStartObject("attributes");
            WriteGeometry(json, array.Geometry);
            json.WriteEndObject();
            json.WriteStartArray("dimension_names");
            json.WriteStringValue("z");
            json.WriteStringValue("y");
            json.WriteStringValue("x");
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return utf8.ToArray();
    }

    /// <summary>Reads the metadata of an array.</summary>
    /// <exception cref="ImageFormatException">It is damaged, or says something that is not read here: other dimensions, types, codecs or keys.</exception>
    public static ZarrArray Read(ReadOnlyMemory<byte> utf8) => ZarrMetadataReader.Read(utf8);

    private static void WriteSizes(Utf8JsonWriter json, string name, int x, int y, int z)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(z);
        json.WriteNumberValue(y);
        json.WriteNumberValue(x);
        json.WriteEndArray();
    }

    private static void WriteFillValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber("fill_value", value);
        else
            json.WriteString("fill_value", double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    private static void WriteCodecs(Utf8JsonWriter json, ZarrArray array)
    {
        json.WriteStartArray("codecs");
        json.WriteStartObject();
        json.WriteString("name", "bytes");
        json.WriteStartObject("configuration");
        json.WriteString("endian", "little");
        json.WriteEndObject();
        json.WriteEndObject();
        if (array.GzipLevel is { } level)
        {
            json.WriteStartObject();
            json.WriteString("name", "gzip");
            json.WriteStartObject("configuration");
            json.WriteNumber("level", level);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        if (array.Checksum)
        {
            json.WriteStartObject();
            json.WriteString("name", "crc32c");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteGeometry(Utf8JsonWriter json, Geometry geometry)
    {
        json.WriteStartObject("geometry");
        json.WriteString("space", "LPS");
        json.WriteString("unit", "mm");
        WriteVector("origin", geometry.Origin);
        WriteVector("spacing", geometry.SpacingMm);
        WriteVector("x_axis", geometry.XAxis);
        WriteVector("y_axis", geometry.YAxis);
        WriteVector("z_axis", geometry.ZAxis);
        json.WriteEndObject();

        void WriteVector(string name, Vector3D vector)
        {
            json.WriteStartArray(name);
            json.WriteNumberValue(vector.X);
            json.WriteNumberValue(vector.Y);
            json.WriteNumberValue(vector.Z);
            json.WriteEndArray();
        }
    }
}
