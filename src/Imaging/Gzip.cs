using System.IO.Compression;

namespace HccPipeline.Imaging;

/// <summary>Whole streams, unpacked where they begin with gzip's magic bytes.</summary>
internal static class Gzip
{
    internal static byte[] ReadAll(Stream stream)
    {
        using MemoryStream whole = new();
        stream.CopyTo(whole);
        byte[] raw = whole.ToArray();
        return raw is [0x1f, 0x8b, ..] ? Unpack(raw, 0) : raw;
    }

    /// <exception cref="ImageFormatException">The packed bytes are damaged or cut short.</exception>
    internal static byte[] Unpack(byte[] raw, int from)
    {
        try
        {
            using MemoryStream packed = new(raw, from, raw.Length - from);
            using GZipStream gzip = new(packed, CompressionMode.Decompress);
            using MemoryStream plain = new();
            gzip.CopyTo(plain);
            return plain.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new ImageFormatException($"The gzip stream is damaged: {e.Message}");
        }
    }
}
