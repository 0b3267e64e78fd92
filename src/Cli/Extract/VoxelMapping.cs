using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.Cli.Extract;

/// <summary>Makes voxel maps, in this process or on a cluster: the same bricks, the same bytes.</summary>
internal static class VoxelMapping
{
    /// <summary>Computes the maps in this process.</summary>
    public static async Task<VoxelOutcome> HereAsync(VoxelRequest request, CancellationToken ct)
    {
        using TemporaryMaps here = new();
        VoxelExtraction extraction = await VoxelExtraction.PrepareAsync(request.Case, request.Profile, here.Preparation, here.Planner, null, ct);
        Stages stages = new(2);
        IReadOnlyDictionary<MapSubject, IReadOnlyCollection<ComputedBox>> computed = null!;
        await stages.RunAsync("Compute", async progress =>
        {
            long all = extraction.Subjects.Sum(s => s.Subject.RegionVoxels), done = 0;
            progress.Report(new(0, all));
            computed = await extraction.ComputeAsync(here.Boxes, request.Threads, voxels => progress.Report(new(Interlocked.Add(ref done, voxels), all)), ct);
            return $"{extraction.MapCount} maps of {all} voxels in {extraction.Subjects.Sum(s => s.Boxes.Count)} bricks";
        });
        return await WriteAsync(stages, request, extraction, computed, here.Reader, ct);
    }

    /// <summary>Lets the workers of the registry compute the maps; where they share this process, it plays them.</summary>
    public static async Task<VoxelOutcome> OnClusterAsync(VoxelRequest request, DataDirectory data, CancellationToken ct)
    {
        await using RegistrySession session = await RegistrySession.OpenAsync(data, Roles.Features, ct, onBroker: Roles.None);
        double? measured = await session.Get<BrickRates>().FindSecondsPerVoxelAsync(BrickKinds.Box, request.Profile.Sha256, ct);
        VoxelExtraction extraction = await VoxelExtraction.PrepareAsync(
            request.Case, request.Profile, session.Get<MapPreparation>(), session.Get<MapPlanner>(), measured, ct);
        Stages stages = new(2);
        IReadOnlyDictionary<MapSubject, IReadOnlyCollection<ComputedBox>> computed = null!;
        await stages.RunAsync("Compute", async progress =>
        {
            computed = await session.Get<IClusterMaps>().ComputeAsync(extraction, request.Profile, now => progress.Report(new(now.DoneVoxels, now.Voxels)), ct);
            return $"{extraction.MapCount} maps in {computed.Values.Sum(b => b.Count)} bricks";
        });
        return await WriteAsync(stages, request, extraction, computed, session.Get<MapReader>(), ct);
    }

    private static async Task<VoxelOutcome> WriteAsync(
        Stages stages, VoxelRequest request, VoxelExtraction extraction,
        IReadOnlyDictionary<MapSubject, IReadOnlyCollection<ComputedBox>> computed, MapReader reader, CancellationToken ct)
    {
        IReadOnlyList<MapFile> files = [];
        await stages.RunAsync("Write", async progress =>
        {
            int written = 0;
            progress.Report(new(0, extraction.MapCount));
            files = await extraction.WriteAsync(
                computed, reader, request.Folder, request.Threads, () => progress.Report(new(Interlocked.Increment(ref written), extraction.MapCount)), ct);
            return request.Folder;
        });
        return new(files, request.Profile.Profile.Voxel.KernelRadius, extraction.Provenance);
    }
}
