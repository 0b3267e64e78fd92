using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace HccPipeline.Reporting.Views;

/// <summary>Writes images as PNG (ISO/IEC 15948): 8 bits of red, green and blue, no filter, no palette.</summary>
internal static class PngImage
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(TableEntry)];

    /// <param name="width">Pixels a row.</param>
    /// <param name="rgb">Red, green, blue of each pixel, row by row.</param>
    public static byte[] Write(int width, ReadOnlySpan<byte> rgb)
    {
        int height = rgb.Length / 3 / width;
        using MemoryStream png = new();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);   // depth, truecolour
        WriteChunk(png, "IHDR", header);
        using (MemoryStream data = new())
        {
            using (ZLibStream packed = new(data, CompressionLevel.Fastest, leaveOpen: true))
            {
                for (int y = 0; y < height; y++)
                {
                    packed.WriteByte(0);   // no filter
                    packed.Write(rgb.Slice(y * width * 3, width * 3));
                }
            }
            WriteChunk(png, "IDAT", data.ToArray());
        }
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void WriteChunk(MemoryStream png, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        uint crc = ~0u;
        foreach (byte b in body)
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.Write(number);
    }

    private static uint TableEntry(int i)
    {
        uint entry = (uint)i;
        for (int bit = 0; bit < 8; bit++)
            entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ Polynomial;
        return entry;
    }
}
