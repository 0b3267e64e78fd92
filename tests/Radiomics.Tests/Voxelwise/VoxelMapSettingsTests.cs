using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.Radiomics.Tests.Voxelwise;

public sealed class VoxelMapSettingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void All_Names_AreThoseOfPyRadiomics()
    {
        Assert.Equal(93, VoxelFeatures.All.Count);
        Assert.Equal(["firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm"], VoxelFeatures.Classes);
        Assert.Equal([18, 24, 16, 16, 14, 5], VoxelFeatures.Classes.Select(c => VoxelFeatures.Resolve([c]).Count));
        Assert.DoesNotContain("glcm_Dissimilarity", VoxelFeatures.All);
    }

    [Fact]
    public void Features_ClassAndFeature_ComeOnceInTheCataloguesOrder()
    {
        VoxelMapSettings settings = new() { Features = ["ngtdm", "firstorder_Mean", "ngtdm_Contrast"] };
        Assert.Equal(
            ["firstorder_Mean", "ngtdm_Coarseness", "ngtdm_Contrast", "ngtdm_Busyness", "ngtdm_Complexity", "ngtdm_Strength"], settings.Features);
    }

    [Theory]
    [InlineData("glcm_Homogeneity")]
    [InlineData("shape")]
    public void Features_UnknownName_IsRefusedByName(string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => new VoxelMapSettings { Features = [name] }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void KernelRadius_OutOfRange_IsRefused(int radius) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VoxelMapSettings { KernelRadius = radius });

    /// <summary>A few features alone are the same as among all.</summary>
    [Fact]
    public void OfRegion_SomeFeatures_AreThoseOfAll()
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(6, 6, 4, 200, 0.7, 3);
        VoxelMapSet all = VoxelMaps.OfRegion(image, mask, new(), cancellationToken: Ct);
        VoxelMapSettings few = new() { Features = ["glcm_Contrast", "gldm", "firstorder_90Percentile"] };
        VoxelMapSet some = VoxelMaps.OfRegion(image, mask, few, cancellationToken: Ct);
        Assert.Equal(16, some.Names.Count);
        foreach (string name in some.Names)
            Assert.Equal(all.Of(name).ToArray(), some.Of(name).ToArray());
    }

    [Fact]
    public void Compute_ScaleOfAnotherRegion_IsRefused()
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(5, 5, 3, 200, 1, 4);
        VoxelMapSettings settings = new();
        VoxelBox core = new(0, 0, 0, 5, 5, 3);
        void IsRefused(VoxelBox box, LevelScale scale) =>
            Assert.Throws<ArgumentException>(() => VoxelMaps.Compute(image, mask, box, scale, settings, cancellationToken: Ct));
        IsRefused(core, new(0, 10, settings.Bins));
        IsRefused(core, new(-1000, 1000, Discretisation.FixedBinSize(5)));
        IsRefused(core with { X = 1 }, LevelScale.Of(image, mask, settings));
    }

    [Fact]
    public void OfRegion_NoFiniteIntensityInside_IsRefused()
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(5, 5, 3, 200, 1, 4);
        image[2, 2, 1] = float.NaN;
        Assert.Throws<RegionException>(() => VoxelMaps.OfRegion(image, mask, new(), cancellationToken: Ct));
        mask[2, 2, 1] = 0;
        Assert.Equal(74, VoxelMaps.OfRegion(image, mask, new() { Features = ["firstorder_Mean"] }, cancellationToken: Ct).RegionVoxels);
    }

    [Fact]
    public void Of_UnmaskedAndOneVoxelNotFinite_CountsAllThatKernelsReach()
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(5, 5, 3, 200, 1, 4);
        image[4, 0, 2] = float.NaN;

        string message = Assert.Throws<RegionException>(() => LevelScale.Of(image, mask, new() { MaskedKernel = false })).Message;

        Assert.StartsWith("1 of the 75 voxels that kernels reach", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfRegion_Cancelled_Stops()
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(5, 5, 3, 200, 1, 4);
        Assert.Throws<OperationCanceledException>(() => VoxelMaps.OfRegion(image, mask, new(), 1, new CancellationToken(canceled: true)));
    }

    /// <summary>Unmasked, PyRadiomics bins what lies in the region's box grown by the radius.</summary>
    [Fact]
    public void Of_Unmasked_CoversWhatKernelsReach()
    {
        Volume<float> image = new(new() { SizeX = 7, SizeY = 1, SizeZ = 1, SpacingMm = new(1, 1, 1) }, [900, 1, 2, 3, 4, 5, 800]);
        Volume<byte> mask = new(image.Geometry, [0, 0, 0, 1, 0, 0, 0]);
        LevelScale scale = LevelScale.Of(image, mask, new() { MaskedKernel = false, KernelRadius = 2 });
        Assert.Equal((1f, 5f, 1), (scale.Minimum, scale.Maximum, scale.HighestLevel));
        // What lies beyond their reach does not matter, whatever the core.
        VoxelMapSettings settings = new() { MaskedKernel = false, KernelRadius = 2, Features = ["firstorder_Mean"] };
        VoxelMapSet maps = VoxelMaps.Compute(image, mask, new(0, 0, 0, 7, 1, 1), scale, settings, cancellationToken: Ct);
        Assert.Equal([0, 0, 0, 3, 0, 0, 0], maps[0].ToArray());
        VoxelMapSet none = VoxelMaps.Compute(image, new(image.Geometry), new(0, 0, 0, 7, 1, 1), scale, settings, cancellationToken: Ct);
        Assert.Equal((0, 0.0), (none.RegionVoxels, none[0].ToArray().Max()));
    }

    [Fact]
    public void BytesFor_LargerBrick_IsMoreThanItAllocates()
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(40, 40, 20, 800, 1, 5);
        VoxelMapSettings settings = new() { Features = ["firstorder"] };
        VoxelBox core = new(0, 0, 0, 40, 40, 20);
        LevelScale scale = LevelScale.Of(image, mask, settings);
        long estimate = VoxelMapMemory.BytesFor(core, settings, scale.HighestLevel);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = VoxelMaps.Compute(image, mask, core, scale, settings, cancellationToken: Ct);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before + image.Geometry.VoxelCount * 5;
        Assert.True(allocated <= estimate, $"{allocated} bytes, estimated {estimate}");
        Assert.True(estimate < 2 * allocated, $"{allocated} bytes, estimated {estimate}");
    }

    [Fact]
    public void BytesForRegion_LargerBrick_IsMoreThanItAllocatesAndItsValues()
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(40, 40, 20, 800, 0.4, 5);
        VoxelMapSettings settings = new() { Features = ["firstorder"] };
        VoxelBox core = new(0, 0, 0, 40, 40, 20);
        LevelScale scale = LevelScale.Of(image, mask, settings);
        double[] values = new double[18 * Mask.Count(mask)];
        long estimate = VoxelMapMemory.BytesForRegion(core, Mask.Count(mask), settings, scale.HighestLevel);
        long before = GC.GetAllocatedBytesForCurrentThread();
        VoxelMaps.ComputeRegion(image, mask, core, scale, settings, values, Ct);
        long needed = GC.GetAllocatedBytesForCurrentThread() - before + (image.Geometry.VoxelCount * 5) + (values.Length * sizeof(double));
        Assert.True(needed <= estimate, $"{needed} bytes, estimated {estimate}");
        Assert.True(estimate < 2 * needed, $"{needed} bytes, estimated {estimate}");
    }

    [Fact]
    public void ComputeRegion_RoomForOtherThanTheRegionsValues_IsRefused()
    {
        (Volume<float> image, Volume<byte> mask) = Cases.Noisy(6, 5, 4, 300, 0.6, 5);
        VoxelMapSettings settings = new() { Features = ["firstorder"] };
        LevelScale scale = LevelScale.Of(image, mask, settings);
        double[] values = new double[(18 * Mask.Count(mask)) + 1];
        Assert.Contains("18 maps", Assert.Throws<ArgumentException>(() => VoxelMaps.ComputeRegion(image, mask, new(0, 0, 0, 6, 5, 4), scale, settings, values, Ct)).Message, StringComparison.Ordinal);
    }
}
