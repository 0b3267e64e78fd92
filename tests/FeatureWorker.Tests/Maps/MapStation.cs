using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Maps;

/// <summary>Maps over a folder, with bricks of a size that the test chooses.</summary>
internal sealed class MapStation : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-map-station-").FullName;
    private readonly BoxMaps _boxes;
    private readonly MapReader _reader;

    public MapStation(long maxBrickMemory = 268_435_456, Func<IBlobStore, IBlobStore>? store = null)
    {
        IOptions<FeatureWorkerOptions> options = Options.Create(new FeatureWorkerOptions { MaxBrickMemory = maxBrickMemory });
        FolderStores stores = new(_folder);
        ChunkedVolumeReader volumes = new(stores.Objects, options);
        Preparation = new(new(stores.Objects));
        Planner = new(options);
        _boxes = new(volumes, store?.Invoke(stores.Blobs) ?? stores.Blobs);
        _reader = new(volumes, stores.Blobs);
    }

    public MapPreparation Preparation { get; }

    public MapPlanner Planner { get; }

    /// <summary>Told when the maps of a box are computed.</summary>
    public Action Computed { get; init; } = () => { };

    /// <summary>A textured image and a region with holes that touches a face of the image.</summary>
    public static (Volume<float> Image, Volume<byte> Region) Scene()
    {
        Geometry grid = new() { SizeX = 22, SizeY = 19, SizeZ = 11, SpacingMm = new(1.5, 1.5, 4), Origin = new(-3, 8, 40) };
        Volume<float> image = new(grid);
        Volume<byte> region = new(grid);
        Random random = new(5);
        for (int i = 0; i < image.Voxels.Length; i++)
        {
            image.Voxels[i] = random.Next(0, 400);
            int x = i % 22, y = i / 22 % 19, z = i / (22 * 19);
            region.Voxels[i] = Math.Pow((x - 5) / 7.0, 2) + Math.Pow((y - 9) / 8.0, 2) + Math.Pow((z - 4) / 5.0, 2) <= 1 && random.Next(20) > 0 ? (byte)1 : (byte)0;
        }
        return (image, region);
    }

    /// <summary>Prepares, cuts, computes and puts together.</summary>
    public async Task<Dictionary<string, double[]>> RunAsync(
        Volume<float> image, Volume<byte> region, MapSettings settings, double secondsPerVoxel, params IndicatorMap[] indicators)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        PreparedSubject prepared = await Preparation.PrepareAsync("original", image, region, settings, indicators, ct);
        IReadOnlyList<RegionBox> boxes = Planner.Boxes(prepared, secondsPerVoxel);
        BoxCount = boxes.Count;
        List<ComputedBox> computed = [];
        foreach (RegionBox box in boxes)
            computed.Add(new(box, await _boxes.ExtractAsync(BoxWork.Of(prepared.Subject, box.Box), Computed, ct)));
        computed.Reverse();   // bricks end in any order
        Dictionary<string, double[]> maps = [];
        await _reader.ReadEachAsync(prepared.Subject, await _reader.ReadRegionAsync(prepared.Subject, ct), computed, (name, values) =>
        {
            maps.Add(name, [.. values]);
            return Task.CompletedTask;
        }, ct);
        return maps;
    }

    /// <summary>Boxes of the last run.</summary>
    public int BoxCount { get; private set; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
