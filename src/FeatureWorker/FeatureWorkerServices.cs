using HccPipeline.FeatureWorker.Collecting;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Persistence.Runs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.FeatureWorker;

/// <summary>Registers the room.</summary>
public static class FeatureWorkerServices
{
    /// <summary>Adds what the room offers to a command line: profiles and the extraction of one brick. Options come from section <c>FeatureWorker</c>.</summary>
    public static IServiceCollection AddFeatureWorker(this IServiceCollection services)
    {
        services.AddOptions<FeatureWorkerOptions>()
            .BindConfiguration(FeatureWorkerOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<ProfileCatalog>();
        services.AddSingleton<BrickExtractor>();
        services.AddSingleton<ChunkedVolumeReader>();
        services.AddSingleton<ChunkedVolumeWriter>();
        services.AddSingleton<MeasuredSeriesReader>();
        services.AddSingleton<MapPreparation>();
        services.AddSingleton<MapPlanner>();
        services.AddSingleton<BoxMaps>();
        services.AddSingleton<MapReader>();
        services.AddSingleton<StoredMaps>();
        services.AddSingleton<MapExport>();
        services.AddSingleton<IClusterMaps, ClusterMaps>();
        services.AddSingleton<IBrickWorker, RegionBrickWorker>();
        services.AddSingleton<IBrickWorker, PrepareBrickWorker>();
        services.AddSingleton<IBrickWorker, BoxBrickWorker>();
        services.AddSingleton<IBrickWorker, CollectBrickWorker>();
        services.AddSingleton<BrickSlots>();
        services.AddSingleton<BrickExecution>();
        services.AddSingleton<InFlightLimit>();
        services.AddSingleton<BrickDismissal>();
        services.AddSingleton(p => new BrickRelease(p.GetRequiredService<ReleaseRepository>(), p.GetRequiredService<InFlightLimit>(), p.GetRequiredService<IBus>()));
        services.AddSingleton<BrickDelivery>();
        services.AddHostedService<ProfileStartup>();
        return services;
    }

    /// <summary>Adds the sweeper; after the bus, so that it starts after the bus has.</summary>
    public static IServiceCollection AddFeatureSweeper(this IServiceCollection services) =>
        services.AddSingleton<RunSweep>().AddHostedService<RunSweeper>();

    /// <summary>Adds the room's consumers to the bus.</summary>
    public static void AddFeatureConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<StudyIngestedConsumer>().Endpoint(e => e.Name = "feature-plan-study");
        bus.AddConsumer<FeatureExtractionRequestedConsumer>().Endpoint(e => e.Name = "feature-plan-run");
        bus.AddConsumer<BatchBrickConsumer, BatchBrickConsumerDefinition>();
        bus.AddConsumer<InteractiveBrickConsumer, InteractiveBrickConsumerDefinition>();
        bus.AddConsumer<BrickExtractedConsumer>().Endpoint(e => e.Name = "feature-collect");
        bus.AddConsumer<FeaturesExtractedRecorder>().Endpoint(e => e.Name = "feature-announced");
    }
}
