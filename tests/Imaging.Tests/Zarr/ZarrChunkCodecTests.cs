using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using CsCheck;
using HccPipeline.Imaging.Zarr;

namespace HccPipeline.Imaging.Tests.Zarr;

public sealed class ZarrChunkCodecTests
{
    private static readonly Geometry Grid = new() { SizeX = 7, SizeY = 5, SizeZ = 4, SpacingMm = new(1, 1, 1) };
    private static readonly ZarrChunkShape Shape = new(4, 3, 2);

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(9, false)]
    public void Decode_EncodedChunk_HasTheSameBits(int? level, bool checksum)
    {
        SameBits(Gen.Byte, level, checksum);
        SameBits(Gen.Float, level, checksum);
        SameBits(Gen.Double, level, checksum);
    }

    [Fact]
    public void Encode_PlainBytes_AreLittleEndianVoxelsInOrder()
    {
        float[] voxels = [.. Enumerable.Range(0, Shape.VoxelCount).Select(i => i + 0.5f)];

        byte[] stored = ZarrChunkCodec.Encode<float>(ZarrArray.Of(Grid, Shape, 0f) with { Checksum = false }, voxels);

        Assert.Equal(voxels.Length * 4, stored.Length);
        Assert.Equal(voxels, Enumerable.Range(0, voxels.Length).Select(i => BinaryPrimitives.ReadSingleLittleEndian(stored.AsSpan(i * 4))));
    }

    /// <summary>Vectors of RFC 3720, appendix B.4.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8a9136aau)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 0x62a8ab43u)]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 0x46dd794eu)]
    [InlineData("1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100", 0x113fdb5cu)]
    [InlineData("313233343536373839", 0xe3069283u)]
    public void Encode_Checksum_IsCrc32C(string hex, uint crc)
    {
        byte[] voxels = Convert.FromHexString(hex);
        byte[] stored = ZarrChunkCodec.Encode<byte>(ZarrArray.Of<byte>(Grid, new(voxels.Length, 1, 1), 0), voxels);

        Assert.Equal(crc, BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(voxels.Length)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("NaN")]
    public void Encode_NothingButOneValue_IsStoredToTheBit(string text)
    {
        double value = double.Parse(text, CultureInfo.InvariantCulture);
        ZarrArray array = ZarrArray.Of(Grid, Shape, 0.0);
        double[] voxels = new double[Shape.VoxelCount], decoded = new double[Shape.VoxelCount];
        Array.Fill(voxels, value);

        ZarrChunkCodec.Decode<double>(array, ZarrChunkCodec.Encode<double>(array, voxels), decoded);

        Assert.All(decoded, d => Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(d)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Decode_OneFlippedBit_IsNoticed(int? level)
    {
        ZarrArray array = ZarrArray.Of(Grid, Shape, 0f) with { GzipLevel = level };
        byte[] stored = ZarrChunkCodec.Encode<float>(array, Ramp());

        foreach (byte[] damaged in WithOneFlippedBit(stored))
            Assert.Throws<ImageFormatException>(() => ZarrChunkCodec.Decode<float>(array, damaged, new float[Shape.VoxelCount]));
    }

    [Fact]
    public void Decode_OneFlippedBitOfGzipAlone_IsNoticedOrChangesNothing()
    {
        ZarrArray array = ZarrArray.Of(Grid, Shape, 0f) with { GzipLevel = 1, Checksum = false };
        byte[] stored = ZarrChunkCodec.Encode<float>(array, Ramp());
        int noticed = 0;

        foreach (byte[] damaged in WithOneFlippedBit(stored))
        {
            float[] decoded = new float[Shape.VoxelCount];
            if (Record.Exception(() => ZarrChunkCodec.Decode<float>(array, damaged, decoded)) is { } failure)
            {
                Assert.IsType<ImageFormatException>(failure);
                noticed++;
            }
            else
                Assert.Equal(Ramp(), decoded);   // flags, time, unused bits of the last byte
        }

        Assert.True(noticed > stored.Length * 6, $"{noticed} of {stored.Length * 8}");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public void Decode_CutShort_IsNoticed(int? level, bool checksum)
    {
        ZarrArray array = ZarrArray.Of(Grid, Shape, 0f) with { GzipLevel = level, Checksum = checksum };
        byte[] stored = ZarrChunkCodec.Encode<float>(array, Ramp());
        float[] decoded = new float[Shape.VoxelCount];

        // Gzip's own trailer of 8 bytes repeats what is known by then.
        foreach (int length in (int[])[0, 1, 3, 4, stored.Length / 2, stored.Length - 12])
            Assert.Throws<ImageFormatException>(() => ZarrChunkCodec.Decode<float>(array, stored[..length], decoded));
    }

    [Fact]
    public void Decode_MoreThanTheChunk_IsRefused()
    {
        ZarrArray array = ZarrArray.Of(Grid, Shape, 0f) with { GzipLevel = 1 };
        byte[] larger = ZarrChunkCodec.Encode<float>(array with { ChunkShape = new(4, 3, 3) }, [.. Enumerable.Range(0, 36).Select(i => (float)i)]);

        Assert.Throws<ImageFormatException>(() => ZarrChunkCodec.Decode<float>(array, larger, new float[Shape.VoxelCount]));
        Assert.Throws<ImageFormatException>(() => ZarrChunkCodec.Decode<float>(array with { GzipLevel = null }, larger, new float[Shape.VoxelCount]));
    }

    [Fact]
    public void Encode_OtherTypeOrSize_IsRefused()
    {
        ZarrArray array = ZarrArray.Of(Grid, Shape, 0f);

        Assert.Throws<ArgumentException>(() => ZarrChunkCodec.Encode<double>(array, new double[Shape.VoxelCount]));
        Assert.Throws<ArgumentException>(() => ZarrChunkCodec.Encode<float>(array, new float[Shape.VoxelCount - 1]));
        Assert.Throws<ArgumentException>(() => ZarrChunkCodec.Decode<float>(array, [], new float[Shape.VoxelCount + 1]));
        Assert.Throws<NotSupportedException>(() => ZarrArray.Of(Grid, Shape, (short)0));
    }

    private static float[] Ramp() => [.. Enumerable.Range(0, Shape.VoxelCount).Select(i => (float)i)];

    private static IEnumerable<byte[]> WithOneFlippedBit(byte[] stored)
    {
        for (int bit = 0; bit < stored.Length * 8; bit++)
        {
            byte[] damaged = [.. stored];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return damaged;
        }
    }

    private static void SameBits<T>(Gen<T> voxel, int? level, bool checksum) where T : unmanaged, INumberBase<T>
    {
        ZarrArray array = ZarrArray.Of(Grid, Shape, T.Zero) with { GzipLevel = level, Checksum = checksum };
        voxel.Array[Shape.VoxelCount].Sample(
            voxels =>
            {
                T[] decoded = new T[voxels.Length];
                ZarrChunkCodec.Decode<T>(array, ZarrChunkCodec.Encode<T>(array, voxels), decoded);
                return System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(voxels).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(decoded));
            },
            seed: "0000000000000", iter: 200, threads: 1);
    }
}
