using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.Radiomics.Tests.Voxelwise;

/// <summary>Maps against the region code run on each kernel.</summary>
public sealed class VoxelMapsTests
{
    public static TheoryData<int, bool, Axis?, double, double, int> Kernels => new(
        from radius in (int[])[1, 2, 3]
        from masked in (bool[])[true, false]
        from flat in (Axis?[])[null, Axis.Z]
        from texture in ((double, double)[])[(30, 1), (120, 0.6), (1500, 0.8)]
        select new TheoryDataRow<int, bool, Axis?, double, double, int>(radius, masked, flat, texture.Item1, texture.Item2, 1));

    [Theory]
    [MemberData(nameof(Kernels))]
    [InlineData(1, true, Axis.X, 200, 0.7, 2)]
    [InlineData(2, false, Axis.Y, 200, 0.7, 3)]
    [InlineData(1, true, null, 400, 0.15, 4)]
    [InlineData(1, true, null, 0.0, 1, 5)]
    public void OfRegion_AnyKernel_EqualsRegionCodeOnEachKernel(int radius, bool masked, Axis? flat, double noise, double share, int seed)
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(7, 6, 5, noise, share, seed);
        VoxelMapSettings settings = new() { KernelRadius = radius, MaskedKernel = masked, FlatAxis = flat, VoxelArrayShift = 30, InitialValue = -7 };
        AssertEqualsBruteForce(image, mask, settings);
    }

    /// <summary>A region with room for whole kernels in its middle: where nothing is cut off, counts take another way.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void OfRegion_KernelsThatFitWhole_EqualRegionCodeOnEachKernel(int radius, bool masked)
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(10, 9, 8, 200, 1, 6);
        for (int z = 0; z < 8; z++)
            for (int y = 0; y < 9; y++)
                mask[0, y, z] = 0;
        AssertEqualsBruteForce(image, mask, new() { KernelRadius = radius, MaskedKernel = masked, VoxelArrayShift = 30 });
    }

    /// <summary>The largest kernel, 15³, on a few voxels.</summary>
    [Fact]
    public void OfRegion_LargestRadius_EqualsRegionCodeOnEachKernel()
    {
        (Volume<float> image, _) = Cases.Noisy(17, 16, 16, 120, 1, 7);
        Volume<byte> mask = new(image.Geometry);
        foreach ((int x, int y, int z) in (ReadOnlySpan<(int, int, int)>)[(8, 7, 7), (8, 8, 7), (9, 8, 8), (0, 0, 15)])
            mask[x, y, z] = 1;
        AssertEqualsBruteForce(image, mask, new() { KernelRadius = VoxelMapSettings.MaxKernelRadius, MaskedKernel = false });
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(200, 1)]
    [InlineData(200, 2)]
    [InlineData(300, 2)]   // more levels than sliding counts keep tables for
    public void OfRegion_FixedBinNumber_EqualsRegionCodeOnEachKernel(int bins, int radius)
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(6, 5, 6, 300, 0.8, bins);
        AssertEqualsBruteForce(image, mask, new() { KernelRadius = radius, Bins = Discretisation.FixedBinNumber(bins) });
    }

    internal static void AssertEqualsBruteForce(Volume<float> image, Volume<byte> mask, VoxelMapSettings settings)
    {
        VoxelMapSet maps = VoxelMaps.OfRegion(image, mask, settings);
        LevelScale scale = LevelScale.Of(image, mask, settings);
        List<string> wrong = [];
        Geometry core = new() { SizeX = maps.Core.SizeX, SizeY = maps.Core.SizeY, SizeZ = maps.Core.SizeZ, SpacingMm = new(1, 1, 1) };
        foreach ((int x, int y, int z) in BruteForce.Cells(core))
        {
            (int ix, int iy, int iz) = (maps.Core.X + x, maps.Core.Y + y, maps.Core.Z + z);
            Dictionary<string, double>? expected = mask[ix, iy, iz] != 0 ? BruteForce.Kernel(image, mask, settings, scale, ix, iy, iz) : null;
            for (int map = 0; map < maps.Names.Count; map++)
            {
                string name = maps.Names[map];
                double ours = maps[map][core.IndexOf(x, y, z)], value = expected?[name] ?? settings.InitialValue;
                if (!Agree(name, ours, value))
                    wrong.Add($"{name} at ({ix}, {iy}, {iz}): {ours:R}, by region code {value:R}");
            }
        }
        Assert.Equal(93, maps.Names.Count);
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static bool Agree(string name, double ours, double expected)
    {
        if (double.IsNaN(expected))
            return double.IsNaN(ours);
        // The root of an information that is 0 but for the region code's rounding is 1e-8; ours is exact.
        double tolerance = name == "glcm_Imc2" && Math.Abs(expected) < 1e-6 ? 1e-6 : 1e-9;
        return Math.Abs(ours - expected) <= tolerance * Math.Max(1, Math.Abs(expected));
    }
}
