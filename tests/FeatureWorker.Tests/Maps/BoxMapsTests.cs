using HccPipeline.FeatureWorker.Maps;
using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Maps;

public sealed class BoxMapsTests
{
    private static readonly (Volume<float> Image, Volume<byte> Region) s_scene = MapStation.Scene();

    private static MapSettings Settings(int radius, bool masked, params string[] features) => new()
    {
        KernelRadius = radius, MaskedKernel = masked, BinWidth = 25, Features = VoxelFeatures.Resolve(features),
    };

    [Theory]
    [InlineData(1, true, 20)]
    [InlineData(1, false, 90)]
    [InlineData(2, true, 150)]
    [InlineData(3, false, 400)]
    public async Task ExtractAsync_AnyBricks_GiveTheBitsOfTheWholeRegion(int radius, bool masked, int mostVoxels)
    {
        (Volume<float> image, Volume<byte> region) = s_scene;
        MapSettings settings = Settings(radius, masked, "firstorder", "glcm", "ngtdm");
        VoxelMapSet whole = VoxelMaps.OfRegion(image, region, settings.ToKernelSettings(), cancellationToken: TestContext.Current.CancellationToken);
        using MapStation station = new();

        Dictionary<string, double[]> maps = await station.RunAsync(image, region, settings, MapCost.BoxTime.TotalSeconds / mostVoxels);

        Assert.True(station.BoxCount > 2);
        Assert.Equal(settings.Features.Select(f => $"original_{f}"), maps.Keys);
        foreach (string feature in settings.Features)
            Assert.Equal(Inside(whole, feature, region), maps[$"original_{feature}"]);
    }

    [Fact]
    public async Task ExtractAsync_LittleMemory_CutsSmallerBoxesOfTheSameBits()
    {
        (Volume<float> image, Volume<byte> region) = s_scene;
        MapSettings settings = Settings(1, true, "firstorder", "glcm");
        using MapStation generous = new(), frugal = new(maxBrickMemory: 700_000);

        Dictionary<string, double[]> expected = await generous.RunAsync(image, region, settings, 1e-9);
        Dictionary<string, double[]> maps = await frugal.RunAsync(image, region, settings, 1e-9);

        Assert.Equal(1, generous.BoxCount);
        Assert.True(frugal.BoxCount > 1);
        Assert.Equal(expected, maps);
    }

    [Fact]
    public async Task ExtractAsync_SlowStore_SaysThatItHasComputedBeforeTheMapsAreStored()
    {
        (Volume<float> image, Volume<byte> region) = s_scene;
        TaskCompletionSource computed = new(), storeAnswers = new();
        using MapStation station = new(store: inner => new SlowStore(inner, storeAnswers.Task)) { Computed = computed.SetResult };

        Task<Dictionary<string, double[]>> run = station.RunAsync(image, region, Settings(1, true, "firstorder"), 1e-9);
        await computed.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.False(run.IsCompleted);
        storeAnswers.SetResult();
        Assert.Equal(18, (await run).Count);
    }

    [Fact]
    public async Task ExtractAsync_Indicator_IsTheIntensityTimesItsFactor()
    {
        (Volume<float> image, Volume<byte> region) = s_scene;
        using MapStation station = new();

        Dictionary<string, double[]> maps = await station.RunAsync(
            image, region, new() { KernelRadius = 1, MaskedKernel = true, Features = [] }, 0.05, new IndicatorMap("SIR", 0.25));

        Assert.Equal(["SIR"], maps.Keys);
        Assert.Equal([.. Mask.Gather(image, region).Select(v => v * 0.25)], maps["SIR"]);
    }

    private static double[] Inside(VoxelMapSet maps, string feature, Volume<byte> region)
    {
        List<double> values = [];
        ReadOnlySpan<double> map = maps.Of(feature);
        VoxelBox core = maps.Core;
        for (int i = 0; i < map.Length; i++)
        {
            if (region[core.X + i % core.SizeX, core.Y + i / core.SizeX % core.SizeY, core.Z + i / (core.SizeX * core.SizeY)] != 0)
                values.Add(map[i]);
        }
        return [.. values];
    }
}
