using System.Diagnostics;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.FeatureWorker.Tests.Standalone;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>Runs of files: one for the same images and profile, however often and by however many it is asked for.</summary>
public sealed class ClusterMapsTests : IDisposable
{
    private readonly PhantomFiles _files = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task ComputeAsync_AgainWhenBoxesWouldBeCutSmaller_TakesUpTheRunWithItsBoxes()
    {
        await using Rig rig = await Rig.StartAsync();
        VoxelExtraction first = await PrepareAsync(rig, null), later = await PrepareAsync(rig, secondsPerVoxel: 0.1);
        Assert.NotEqual(BoxesOf(first), BoxesOf(later));

        var computed = await ComputeAsync(rig, first);
        var again = await ComputeAsync(rig, later);

        Assert.Equal(1, await rig.ScalarAsync<int>("SELECT COUNT(*) FROM extraction_run WHERE completed_ms IS NOT NULL"));
        Assert.Equal((BoxesOf(first), BoxesOf(first)), (await rig.ScalarAsync<int>("SELECT COUNT(*) FROM brick"), await rig.ScalarAsync<int>("SELECT SUM(starts) FROM brick")));
        Assert.Equal(Assert.Single(computed).Value, Assert.Single(again).Value);
    }

    [Fact]
    public async Task ComputeAsync_TwoCallersAtOnceWithBoxesOfTheirOwn_EndWithOnePlan()
    {
        await using Rig rig = await Rig.StartAsync();
        VoxelExtraction first = await PrepareAsync(rig, null), later = await PrepareAsync(rig, secondsPerVoxel: 0.1);

        var computed = await Task.WhenAll(ComputeAsync(rig, first), ComputeAsync(rig, later));

        Assert.Equal(1, await rig.ScalarAsync<int>("SELECT COUNT(*) FROM extraction_run"));
        Assert.Equal(Assert.Single(first.Subjects).Subject.RegionVoxels, await rig.ScalarAsync<long>("SELECT SUM(region_voxels) FROM brick"));
        Assert.Equal(Assert.Single(computed[0]).Value, Assert.Single(computed[1]).Value);
    }

    [Fact]
    public async Task ComputeAsync_InATrace_PlansTheRunInIt()
    {
        await using Rig rig = await Rig.StartAsync();
        VoxelExtraction extraction = await PrepareAsync(rig, null);
        using Activity request = new Activity("somebody asks").SetIdFormat(ActivityIdFormat.W3C).Start();

        await ComputeAsync(rig, extraction);

        Assert.Contains(request.TraceId.ToHexString(), await rig.ScalarAsync<string>("SELECT trace_parent FROM extraction_run"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rejected", "change region, images or choices", "hcc retry")]
    [InlineData("quarantined", "hcc retry", "change region")]
    public async Task ComputeAsync_BrickThatGaveNothing_SaysWhatHelps(string state, string helps, string doesNot)
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: false);
        VoxelExtraction extraction = await PrepareAsync(rig, null);
        Task waiting = rig.Get<IClusterMaps>().ComputeAsync(extraction, Profile, now =>
        {
            rig.ScalarAsync<int>("UPDATE brick SET state = @state, detail = 'no finite intensity.' WHERE state <> @state", new { state }).GetAwaiter().GetResult();
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }, Ct);

        string message = (await Assert.ThrowsAsync<BrickRejectedException>(() => waiting)).Message;

        Assert.Contains("no finite intensity. ", message, StringComparison.Ordinal);
        Assert.Contains(helps, message, StringComparison.Ordinal);
        Assert.DoesNotContain(doesNot, message, StringComparison.Ordinal);
    }

    private static HashedProfile Profile { get; } = ProfileReader.Read("name: maps\nvoxel: { image: [firstorder_Mean, glcm_Contrast] }", "maps.yaml");

    private Task<VoxelExtraction> PrepareAsync(Rig rig, double? secondsPerVoxel) => VoxelExtraction.PrepareAsync(
        new(_files.Nifti("image.nii.gz", PhantomFiles.Image), _files.Nifti("mask.nii.gz", PhantomFiles.MaskOf(1))), Profile,
        rig.Get<MapPreparation>(), rig.Get<MapPlanner>(), secondsPerVoxel, Ct);

    /// <summary>The clock stands still but for each look of who waits.</summary>
    private static Task<IReadOnlyDictionary<MapSubject, IReadOnlyCollection<ComputedBox>>> ComputeAsync(Rig rig, VoxelExtraction extraction) =>
        rig.Get<IClusterMaps>().ComputeAsync(extraction, Profile, _ => rig.Clock.Advance(TimeSpan.FromMilliseconds(200)), Ct);

    private static int BoxesOf(VoxelExtraction extraction) => extraction.Subjects.Sum(s => s.Boxes.Count);
}
