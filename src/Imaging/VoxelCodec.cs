using System.Buffers.Binary;

namespace HccPipeline.Imaging;

/// <summary>Scalar types that image files store.</summary>
internal enum VoxelType
{
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    UInt64,
    Int64,
    Float32,
    Float64,
}

/// <summary>Raw voxel bytes of either byte order to <see cref="float"/>.</summary>
internal static class VoxelCodec
{
    internal static bool IsWhole(VoxelType type) => type is not (VoxelType.Float32 or VoxelType.Float64);

    internal static int SizeOf(VoxelType type) => type switch
    {
        VoxelType.UInt8 or VoxelType.Int8 => 1,
        VoxelType.UInt16 or VoxelType.Int16 => 2,
        VoxelType.UInt32 or VoxelType.Int32 or VoxelType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Decodes and applies <c>slope·stored + intercept</c> in double before rounding to float.</summary>
    internal static void Decode(ReadOnlySpan<byte> raw, VoxelType type, bool bigEndian, double slope, double intercept, Span<float> to)
    {
        int size = SizeOf(type);
        bool plain = slope == 1 && intercept == 0;
        for (int i = 0; i < to.Length; i++)
        {
            double stored = Stored(raw.Slice(i * size, size), type, bigEndian);
            to[i] = (float)(plain ? stored : slope * stored + intercept);
        }
    }

    private static double Stored(ReadOnlySpan<byte> b, VoxelType type, bool big) => type switch
    {
        VoxelType.UInt8 => b[0],
        VoxelType.Int8 => (sbyte)b[0],
        VoxelType.UInt16 => big ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b),
        VoxelType.Int16 => big ? BinaryPrimitives.ReadInt16BigEndian(b) : BinaryPrimitives.ReadInt16LittleEndian(b),
        VoxelType.UInt32 => big ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b),
        VoxelType.Int32 => big ? BinaryPrimitives.ReadInt32BigEndian(b) : BinaryPrimitives.ReadInt32LittleEndian(b),
        VoxelType.UInt64 => big ? BinaryPrimitives.ReadUInt64BigEndian(b) : BinaryPrimitives.ReadUInt64LittleEndian(b),
        VoxelType.Int64 => big ? BinaryPrimitives.ReadInt64BigEndian(b) : BinaryPrimitives.ReadInt64LittleEndian(b),
        VoxelType.Float32 => big ? BinaryPrimitives.ReadSingleBigEndian(b) : BinaryPrimitives.ReadSingleLittleEndian(b),
        _ => big ? BinaryPrimitives.ReadDoubleBigEndian(b) : BinaryPrimitives.ReadDoubleLittleEndian(b),
    };
}
