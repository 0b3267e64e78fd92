using System.Buffers.Binary;
using System.Numerics;

namespace HccPipeline.Imaging.Zarr;

/// <summary>The Castagnoli checksum of RFC 3720, appendix B.4.</summary>
internal static class Crc32C
{
    /// <summary>Its bytes.</summary>
    internal const int Size = sizeof(uint);

    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
