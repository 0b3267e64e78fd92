using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Persistence.Blobs;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>What maps need, over a folder of its own that goes with it: the way of the cluster without a database and a bus.</summary>
public sealed class TemporaryMaps : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-maps-").FullName;

    /// <summary>An empty one.</summary>
    public TemporaryMaps()
    {
        IOptions<FeatureWorkerOptions> options = Options.Create(new FeatureWorkerOptions());
        FolderStores stores = new(_folder);
        ChunkedVolumeReader volumes = new(stores.Objects, options);
        Preparation = new(new(stores.Objects));
        Planner = new(options);
        Boxes = new(volumes, stores.Blobs);
        Reader = new(volumes, stores.Blobs);
    }

    /// <summary>Stores volumes.</summary>
    public MapPreparation Preparation { get; }

    /// <summary>Cuts regions into boxes.</summary>
    public MapPlanner Planner { get; }

    /// <summary>Computes boxes.</summary>
    public BoxMaps Boxes { get; }

    /// <summary>Puts maps together.</summary>
    public MapReader Reader { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
