using System.Buffers.Binary;
using CsCheck;

namespace HccPipeline.Imaging.Tests;

public sealed class NiftiTests
{
    private static readonly Geometry s_oblique = new()
    {
        SizeX = 4,
        SizeY = 3,
        SizeZ = 2,
        SpacingMm = new(0.75, 1.25, 5),
        Origin = new(-12.5, 40, 7.25),
        XAxis = new(0.8, 0.6, 0),
        YAxis = new(-0.6, 0.8, 0),
        ZAxis = new(0, 0, 1),
    };

    private static byte[] Written<T>(Volume<T> volume) where T : unmanaged
    {
        using MemoryStream stream = new();
        Nifti.Write(stream, volume);
        return stream.ToArray();
    }

    private static Volume<float> ReadBack(byte[] content)
    {
        using MemoryStream stream = new(content);
        return Nifti.Read(stream);
    }

    [Fact]
    public void WriteAndRead_Float_KeepsVoxelsAndGrid() => Gen.Float[-1e6f, 1e6f].Array[24].Sample(voxels =>
    {
        Volume<float> back = ReadBack(Written(new Volume<float>(s_oblique, voxels)));
        Assert.Equal(voxels, back.Voxels.ToArray());
        Assert.True(s_oblique.Coincides(back.Geometry, 1e-4));
        Assert.Equal(s_oblique.SpacingMm, back.Geometry.SpacingMm);
    }, iter: 50, seed: "0000KOIPe036");

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.68359375)]
    [InlineData(1.0416666)]
    [InlineData(3.3000002)]
    public void WriteAndRead_Spacing_IsTheNumberThatWasWritten(double spacing)
    {
        Volume<byte> volume = new(s_oblique with { SpacingMm = new(spacing, spacing, 5.5) });
        Assert.Equal(new Vector3D(spacing, spacing, 5.5), ReadBack(Written(volume)).Geometry.SpacingMm);
    }

    [Fact]
    public void WriteAndRead_IntegerTypes_KeepValues()
    {
        Assert.Equal(200, ReadBack(Written(new Volume<byte>(s_oblique, Filled<byte>(200)))).Voxels[5]);
        Assert.Equal(-7, ReadBack(Written(new Volume<sbyte>(s_oblique, Filled<sbyte>(-7)))).Voxels[5]);
        Assert.Equal(-300, ReadBack(Written(new Volume<short>(s_oblique, Filled<short>(-300)))).Voxels[5]);
        Assert.Equal(60000, ReadBack(Written(new Volume<ushort>(s_oblique, Filled<ushort>(60000)))).Voxels[5]);
        Assert.Equal(-70000, ReadBack(Written(new Volume<int>(s_oblique, Filled(-70000)))).Voxels[5]);
        Assert.Equal(0.5, ReadBack(Written(new Volume<double>(s_oblique, Filled(0.5)))).Voxels[5]);
    }

    private static T[] Filled<T>(T value) => [.. Enumerable.Repeat(value, 24)];

    [Fact]
    public void Read_ScaledBigEndian_GivesSlopeTimesStoredPlusIntercept()
    {
        byte[] little = Written(new Volume<short>(s_oblique, Filled<short>(10)));
        byte[] big = [.. little];
        Swap(big, 0, 4);
        for (int at = 40; at < 56; at += 2) Swap(big, at, 2);
        Swap(big, 70, 2);
        for (int at = 76; at < 124 - 3; at += 4) Swap(big, at, 4);
        Swap(big, 254, 2);
        for (int at = 280; at < 328; at += 4) Swap(big, at, 4);
        for (int at = 352; at < big.Length; at += 2) Swap(big, at, 2);
        BinaryPrimitives.WriteSingleBigEndian(big.AsSpan(112), 2);
        BinaryPrimitives.WriteSingleBigEndian(big.AsSpan(116), -5);
        Volume<float> back = ReadBack(big);
        Assert.Equal(15, back.Voxels[0]);
        Assert.True(s_oblique.Coincides(back.Geometry, 1e-4));
    }

    private static void Swap(byte[] bytes, int at, int size) => bytes.AsSpan(at, size).Reverse();

    /// <summary>A quarter turn about z by quaternion (b, c, d) = (0, 0, √½): x runs to +y in RAS, which is −y in LPS.</summary>
    [Fact]
    public void Read_QformOnly_TurnsTheAxes()
    {
        byte[] h = Written(new Volume<byte>(s_oblique));
        BinaryPrimitives.WriteInt16LittleEndian(h.AsSpan(254), 0);
        BinaryPrimitives.WriteInt16LittleEndian(h.AsSpan(252), 1);
        BinaryPrimitives.WriteSingleLittleEndian(h.AsSpan(264), MathF.Sqrt(0.5f));
        BinaryPrimitives.WriteSingleLittleEndian(h.AsSpan(268), 3);
        Geometry g = ReadBack(h).Geometry;
        Assert.Equal(0, (g.XAxis - new Vector3D(0, -1, 0)).Length, 1e-6);
        Assert.Equal(0, (g.YAxis - new Vector3D(1, 0, 0)).Length, 1e-6);
        Assert.Equal(-3, g.Origin.X);
    }

    [Fact]
    public void WriteAndRead_GzipFile_IsToldFromItsContent()
    {
        string path = Path.Combine(Path.GetTempPath(), $"nifti-{Guid.NewGuid():N}.nii.gz");
        try
        {
            Nifti.Write(path, new Volume<float>(s_oblique, Filled(2.5f)));
            Assert.Equal(0x1f, File.ReadAllBytes(path)[0]);
            Assert.Equal(2.5f, Nifti.Read(path).Voxels[23]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_CutShort_SaysHowManyBytesAreMissing()
    {
        byte[] content = Written(new Volume<float>(s_oblique));
        ImageFormatException e = Assert.Throws<ImageFormatException>(() => ReadBack(content[..^10]));
        Assert.Contains("96 bytes of voxels expected, 86 found", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnotherFormat_IsRefused() => Assert.Throws<ImageFormatException>(() => ReadBack(new byte[400]));
}
