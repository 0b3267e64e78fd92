using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;

namespace HccPipeline.Imaging.Zarr;

/// <summary>Voxels of a chunk [z,y,x] to its stored bytes and back: little-endian bytes, then gzip, then CRC-32C, as the array says.</summary>
public static class ZarrChunkCodec
{
    /// <summary>Codes a chunk.</summary>
    /// <param name="array">The array.</param>
    /// <param name="voxels">All voxels of the chunk, those outside the array too.</param>
    /// <returns>The bytes to store. A chunk of nothing but the fill value is stored like any other, so that one that was lost is told from one
    /// that was empty.</returns>
    /// <exception cref="ArgumentException">Number or type of the voxels is not that of the array's chunks.</exception>
    public static byte[] Encode<T>(ZarrArray array, ReadOnlySpan<T> voxels) where T : unmanaged, INumberBase<T>
    {
        RequireChunk<T>(array, voxels.Length);
        ReadOnlySpan<byte> little = MemoryMarshal.AsBytes(voxels);
        if (!BitConverter.IsLittleEndian)
        {
            byte[] swapped = little.ToArray();
            SwapBytes<T>(swapped);
            little = swapped;
        }
        using MemoryStream stored = new(array.GzipLevel is null ? little.Length + Crc32C.Size : little.Length / 2);
        if (array.GzipLevel is { } level)
        {
            using GZipStream gzip = new(stored, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true);
            gzip.Write(little);
        }
        else
            stored.Write(little);
        if (array.Checksum)
        {
            Span<byte> checksum = stackalloc byte[Crc32C.Size];
            BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32C.Of(stored.GetBuffer().AsSpan(0, (int)stored.Length)));
            stored.Write(checksum);
        }
        return stored.Length == stored.Capacity ? stored.GetBuffer() : stored.ToArray();
    }

    /// <summary>Decodes a chunk.</summary>
    /// <param name="array">The array.</param>
    /// <param name="stored">The stored bytes.</param>
    /// <param name="voxels">Where all voxels of the chunk go, those outside the array too.</param>
    /// <exception cref="ArgumentException">Number or type of the voxels is not that of the array's chunks.</exception>
    /// <exception cref="ImageFormatException">The bytes are damaged or of another length than the array says.</exception>
    public static void Decode<T>(ZarrArray array, byte[] stored, Span<T> voxels) where T : unmanaged, INumberBase<T>
    {
        RequireChunk<T>(array, voxels.Length);
        int length = array.Checksum ? CheckedLength(stored) : stored.Length;
        Span<byte> raw = MemoryMarshal.AsBytes(voxels);
        if (array.GzipLevel is not null)
            Unpack(stored, length, raw);
        else if (length == raw.Length)
            stored.AsSpan(0, length).CopyTo(raw);
        else
            throw new ImageFormatException($"A chunk holds {length} bytes; its voxels are {raw.Length}.");
        if (!BitConverter.IsLittleEndian)
            SwapBytes<T>(raw);
    }

    private static void RequireChunk<T>(ZarrArray array, int voxels) where T : unmanaged
    {
        if (!array.Holds<T>())
            throw new ArgumentException($"The array holds voxels of type {array.DataType}, not {typeof(T).Name}.", nameof(voxels));
        if (voxels != array.ChunkShape.VoxelCount)
            throw new ArgumentException($"A chunk has {array.ChunkShape.VoxelCount} voxels, but {voxels} were given.", nameof(voxels));
    }

    private static int CheckedLength(byte[] stored)
    {
        int length = stored.Length - Crc32C.Size;
        if (length < 0 || BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(length)) != Crc32C.Of(stored.AsSpan(0, length)))
            throw new ImageFormatException("A chunk is damaged: its checksum is another.");
        return length;
    }

    private static void Unpack(byte[] stored, int length, Span<byte> raw)
    {
        try
        {
            using MemoryStream packed = new(stored, 0, length);
            using GZipStream gzip = new(packed, CompressionMode.Decompress);
            if (gzip.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false) < raw.Length || gzip.ReadByte() >= 0)
                throw new ImageFormatException($"A chunk unpacks to another length than the {raw.Length} bytes of its voxels.");
        }
        catch (InvalidDataException e)
        {
            throw new ImageFormatException($"A chunk is damaged: {e.Message}");
        }
    }

    private static void SwapBytes<T>(Span<byte> raw) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(raw), MemoryMarshal.Cast<byte, uint>(raw));
        else if (typeof(T) == typeof(double))
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(raw), MemoryMarshal.Cast<byte, ulong>(raw));
    }
}
