using System.Globalization;
using System.Text;

namespace HccPipeline.Imaging;

/// <summary>NRRD volumes (.nrrd attached, .nhdr detached): raw or gzip encoding, either byte order, three dimensions of scalars.</summary>
/// <remarks>Source of the fields: Teem's definition of the format, NRRD0001 to NRRD0005. Without "space directions" the "spacings"
/// are used and the axes are the patient's.</remarks>
public static class Nrrd
{
    /// <summary>Reads a volume; a detached header's data file is looked for beside it.</summary>
    /// <param name="path">File.</param>
    /// <param name="channel">Which of several components of each voxel, where a list axis comes first (segmentations that overlap).</param>
    /// <exception cref="ImageFormatException">The file is not an NRRD volume that can be used.</exception>
    public static Volume<float> Read(string path, int channel = 0)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file, name => File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(name))), channel);
    }

    /// <summary>Reads a volume whose voxels follow the header in the same stream.</summary>
    /// <exception cref="ImageFormatException">The stream does not hold an NRRD volume that can be used.</exception>
    public static Volume<float> Read(Stream stream) =>
        Read(stream, name => throw new ImageFormatException($"The NRRD header points to another file, '{name}'; open it by its path."), 0);

    private static Volume<float> Read(Stream stream, Func<string, byte[]> detached, int channel)
    {
        using MemoryStream whole = new();
        stream.CopyTo(whole);
        byte[] content = whole.ToArray();
        if (!content.AsSpan().StartsWith("NRRD000"u8))
            throw new ImageFormatException("Not an NRRD file: it does not begin with 'NRRD000'.");
        Dictionary<string, string> fields = Fields(content, out int dataAt);
        int channels = NrrdComponents.TakeFrom(fields, channel);
        Geometry geometry = NrrdGeometry.Of(fields);
        VoxelType type = TypeOf(Required(fields, "type"));
        if (fields.TryGetValue("data file", out string? name) || fields.TryGetValue("datafile", out name))
            (content, dataAt) = (detached(name), 0);
        byte[] raw = Required(fields, "encoding").ToLowerInvariant() switch
        {
            "raw" => dataAt == 0 ? content : content[dataAt..],
            "gzip" or "gz" => Gzip.Unpack(content, dataAt),
            string other => throw new ImageFormatException($"NRRD encoding '{other}' is not read; save it as raw or gzip."),
        };
        long needed = (long)VoxelCodec.SizeOf(type) * channels * geometry.VoxelCount;
        if (raw.Length < needed)
            throw new ImageFormatException($"The NRRD file is cut short: {needed} bytes of voxels expected, {raw.Length} found.");
        bool big = fields.GetValueOrDefault("endian", "little").Equals("big", StringComparison.OrdinalIgnoreCase);
        Volume<float> volume = new(geometry) { StoredWhole = VoxelCodec.IsWhole(type) };
        VoxelCodec.Decode(channels == 1 ? raw : NrrdComponents.One(raw, VoxelCodec.SizeOf(type), channels, channel), type, big, 1, 0, volume.Voxels);
        return volume;
    }

    /// <summary>Header lines "name: value" (and "key:=value", ignored) up to the empty line.</summary>
    private static Dictionary<string, string> Fields(byte[] content, out int dataAt)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        int at = 0;
        while (at < content.Length)
        {
            int length = content.AsSpan(at).IndexOf((byte)'\n');
            if (length < 0)
                length = content.Length - at;
            string line = Encoding.UTF8.GetString(content, at, length).TrimEnd('\r');
            at = Math.Min(content.Length, at + length + 1);
            if (line.Length == 0)
                break;
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (line[0] != '#' && colon > 0)
                fields[line[..colon].Trim()] = line[(colon + 2)..].Trim();
        }
        dataAt = at;
        return fields;
    }

    internal static string Required(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out string? value) ? value : throw new ImageFormatException($"The NRRD header has no field '{name}'.");

    internal static double Number(string text) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ImageFormatException($"'{text}' in the NRRD header is not a number.");

    private static VoxelType TypeOf(string type) => type.ToLowerInvariant() switch
    {
        "uchar" or "unsigned char" or "uint8" or "uint8_t" => VoxelType.UInt8,
        "signed char" or "int8" or "int8_t" => VoxelType.Int8,
        "ushort" or "unsigned short" or "unsigned short int" or "uint16" or "uint16_t" => VoxelType.UInt16,
        "short" or "short int" or "signed short" or "signed short int" or "int16" or "int16_t" => VoxelType.Int16,
        "uint" or "unsigned int" or "uint32" or "uint32_t" => VoxelType.UInt32,
        "int" or "signed int" or "int32" or "int32_t" => VoxelType.Int32,
        "float" => VoxelType.Float32,
        "double" => VoxelType.Float64,
        _ => throw new ImageFormatException($"NRRD type '{type}' is not a scalar that can be an intensity."),
    };
}
