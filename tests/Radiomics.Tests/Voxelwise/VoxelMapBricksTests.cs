using System.Security.Cryptography;
using CsCheck;
using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.Radiomics.Tests.Voxelwise;

/// <summary>The same bits whatever the bricks, threads and processors.</summary>
public sealed class VoxelMapBricksTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly Gen<(int Radius, bool Masked, Axis? Flat, int[] Cuts)> s_cuttings =
        from radius in Gen.Int[1, 2]
        from masked in Gen.Bool
        from flat in Gen.Int[0, 3].Select(k => k == 3 ? null : (Axis?)k)
        from cuts in Gen.Int[1, 7].Array[3]
        select (radius, masked, flat, cuts);

    [Fact]
    public void Compute_AnyBricks_HasTheBitsOfTheWhole() => s_cuttings.Sample(
        c =>
        {
            (Volume<float> image, Volume<byte> mask) = Cases.Noisy(9, 8, 7, 300, 0.7, 11);
            VoxelMapSettings settings = new() { KernelRadius = c.Radius, MaskedKernel = c.Masked, FlatAxis = c.Flat };
            LevelScale scale = LevelScale.Of(image, mask, settings);
            Geometry grid = image.Geometry;
            VoxelMapSet whole = VoxelMaps.Compute(image, mask, new(0, 0, 0, grid.SizeX, grid.SizeY, grid.SizeZ), scale, settings);
            int voxels = 0;
            for (int z = 0; z < grid.SizeZ; z += c.Cuts[2])
            {
                for (int y = 0; y < grid.SizeY; y += c.Cuts[1])
                {
                    for (int x = 0; x < grid.SizeX; x += c.Cuts[0])
                    {
                        VoxelBox core = new(
                            x, y, z, Math.Min(c.Cuts[0], grid.SizeX - x), Math.Min(c.Cuts[1], grid.SizeY - y), Math.Min(c.Cuts[2], grid.SizeZ - z));
                        voxels += SameAsWhole(whole, image, mask, core, scale, settings);
                    }
                }
            }
            Assert.Equal(whole.RegionVoxels, voxels);
            Assert.Equal(Mask.Count(mask), voxels);
        },
        iter: 12, seed: "0000KOIPe036", threads: 1);

    private static int SameAsWhole(
        VoxelMapSet whole, Volume<float> image, Volume<byte> mask, VoxelBox core, LevelScale scale, VoxelMapSettings settings)
    {
        VoxelBox block = VoxelMaps.BlockFor(core, image.Geometry, settings);
        VoxelBox within = core with { X = core.X - block.X, Y = core.Y - block.Y, Z = core.Z - block.Z };
        VoxelMapSet brick = VoxelMaps.Compute(Cut(image, block), Cut(mask, block), within, scale, settings);
        for (int map = 0; map < whole.Names.Count; map++)
        {
            for (int i = 0; i < core.VoxelCount; i++)
            {
                int x = i % core.SizeX, y = i / core.SizeX % core.SizeY, z = i / (core.SizeX * core.SizeY);
                double expected = whole[map][image.Geometry.IndexOf(core.X + x, core.Y + y, core.Z + z)];
                if (BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(brick[map][i]))
                    Assert.Fail($"{whole.Names[map]} at ({x}, {y}, {z}) of {core}: {brick[map][i]:R}, in the whole {expected:R}");
            }
        }
        SameInTheRegion(brick, Cut(image, block), Cut(mask, block), scale, settings);
        return brick.RegionVoxels;
    }

    private static void SameInTheRegion(VoxelMapSet brick, Volume<float> block, Volume<byte> mask, LevelScale scale, VoxelMapSettings settings)
    {
        Volume<byte> core = Cut(mask, brick.Core);
        double[] values = new double[brick.RegionVoxels * brick.Names.Count];
        VoxelMaps.ComputeRegion(block, mask, brick.Core, scale, settings, values, Ct);
        int at = 0;
        for (int map = 0; map < brick.Names.Count; map++)
        {
            for (int i = 0; i < core.Voxels.Length; i++)
            {
                if (core.Voxels[i] != 0)
                    Assert.Equal(BitConverter.DoubleToInt64Bits(brick[map][i]), BitConverter.DoubleToInt64Bits(values[at++]));
            }
        }
        Assert.Equal(values.Length, at);
    }

    private static Volume<T> Cut<T>(Volume<T> volume, VoxelBox box) where T : unmanaged
    {
        Volume<T> cut = new(volume.Geometry with { SizeX = box.SizeX, SizeY = box.SizeY, SizeZ = box.SizeZ });
        for (int z = 0; z < box.SizeZ; z++)
        {
            for (int y = 0; y < box.SizeY; y++)
            {
                for (int x = 0; x < box.SizeX; x++)
                    cut[x, y, z] = volume[box.X + x, box.Y + y, box.Z + z];
            }
        }
        return cut;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void OfRegion_AnyThreads_HasTheRecordedBits(int threads)
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(11, 10, 6, 500, 0.8, 12);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int radius in (int[])[1, 3])
        {
            VoxelMapSet maps = VoxelMaps.OfRegion(image, mask, new() { KernelRadius = radius }, threads, Ct);
            for (int map = 0; map < maps.Names.Count; map++)
            {
                foreach (double value in maps[map])
                    hash.AppendData(BitConverter.GetBytes(BitConverter.DoubleToInt64Bits(value)));
            }
        }
        // Recorded once; the same with hardware intrinsics off (DOTNET_EnableHWIntrinsic=0).
        Assert.Equal("040b9fa12b6ce6ebd19e0371030cf5f4dcbd9d2177683725", Convert.ToHexStringLower(hash.GetHashAndReset())[..48]);
    }
}
