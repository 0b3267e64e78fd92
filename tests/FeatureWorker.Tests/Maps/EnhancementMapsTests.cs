using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Tests.Extraction;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Voxelwise;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Maps;

public sealed class EnhancementMapsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-enhancement-maps-").FullName;
    private readonly IBlobStore _blobs;

    public EnhancementMapsTests() => _blobs = new FolderStores(_folder).Blobs;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1000)]
    [InlineData(7)]
    public async Task Of_AnyBricks_GivesTheBitsOfTheWholeVolumes(int mostVoxels)
    {
        Volume<float> pre = Signal(1), arterial = Signal(2), late = Signal(3);
        (pre[3, 3, 1], arterial[4, 4, 2]) = (0, 0);   // in the lesion
        using MapStation station = new();

        Dictionary<string, double[]> maps = [];
        foreach ((string name, MeasuredRegion lesion) in EnhancementMaps.Of(await PhasesAsync(pre, arterial, late), [VoxelChoices.ArterialEnhancement, VoxelChoices.Washout]))
        {
            maps.Add(name, (await station.RunAsync(lesion.Image, lesion.Mask, EnhancementMaps.Settings, MapCost.BoxTime.TotalSeconds / mostVoxels, new IndicatorMap(name, 1)))[name]);
            Assert.Equal(mostVoxels < Phantom.LesionVoxels, station.BoxCount > 1);
        }

        AssertBits(IndicatorMaps.Enhancement(pre, arterial), maps["ArterialEnhancement"]);
        AssertBits(IndicatorMaps.Washout(arterial, late), maps["Washout"]);
        Assert.All(maps.Values, map => Assert.Single(map, double.IsNaN));
        Assert.True(double.IsFinite(MapSummary.Of(maps["Washout"]).Single(v => v.Key == "Mean").Value));
    }

    [Fact]
    public async Task Of_NoLatePhase_HasNoWashout() => Assert.Equal(
        ["ArterialEnhancement"],
        EnhancementMaps.Of(await PhasesAsync(Signal(1), Signal(2), null), [VoxelChoices.ArterialEnhancement, VoxelChoices.Washout]).Select(m => m.Name));

    [Fact]
    public async Task Of_NoSignalBeforeContrast_IsRefusedByName()
    {
        MeasuredPhases phases = await PhasesAsync(Phantom.Image((0, 0), 100), Signal(2), null);

        Assert.Contains("no map ArterialEnhancement", Assert.Throws<RegionException>(() => EnhancementMaps.Of(phases, [VoxelChoices.ArterialEnhancement]).Count()).Message, StringComparison.Ordinal);
    }

    private static Volume<float> Signal(int seed)
    {
        Volume<float> signal = new(Phantom.Grid);
        Random random = new(seed);
        for (int i = 0; i < signal.Voxels.Length; i++)
            signal.Voxels[i] = random.Next(1, 900);
        return signal;
    }

    private async Task<MeasuredPhases> PhasesAsync(Volume<float> pre, Volume<float> arterial, Volume<float>? late)
    {
        Phantom phantom = new(_blobs);
        List<ImageFile> images = [];
        PhantomSeries first = await AddAsync(Sequence.T1Pre, "2.25.11", pre);
        await AddAsync(Sequence.T1Arterial, "2.25.12", arterial);
        if (late is not null)
            await AddAsync(Sequence.T1Delayed, "2.25.13", late);
        BrickWork work = new()
        {
            Sequence = Sequence.T1Arterial,
            Images = images,
            SegmentationSha256 = await phantom.StoreSegmentationAsync("2.25.77", first, Phantom.Lesion),
            Segments = [new(1, Region.Lesion)],
        };
        return await new MeasuredSeriesReader(_blobs).ReadPhasesAsync(work, TestContext.Current.CancellationToken);

        async Task<PhantomSeries> AddAsync(Sequence phase, string uid, Volume<float> volume)
        {
            PhantomSeries series = await phantom.StoreAsync(uid, volume);
            images.AddRange(series.Files.Select(f => f with { Phase = phase }));
            return series;
        }
    }

    private static void AssertBits(Volume<float> whole, double[] map) => Assert.Equal(
        Mask.Gather(whole, Phantom.Lesion).Select(v => BitConverter.DoubleToInt64Bits(v)), map.Select(BitConverter.DoubleToInt64Bits));
}
