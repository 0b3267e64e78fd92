using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Runs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

public sealed class MapRunTests
{
    [Fact]
    public async Task Study_WithVoxelMapsInTheProfile_GetsTheirSummariesAsFeatures()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using Rig rig = await Rig.StartAsync(settings: ("Profile", "hcc-mr"));
        await rig.AddStudyAsync();

        await rig.Harness.Bus.Publish(new FeatureExtractionRequested { StudyInstanceUid = Rig.StudyUid, ProfileSha256 = rig.Profile.Sha256 }, ct);
        Assert.True(await rig.Harness.Published.Any<FeaturesExtracted>(ct));

        IReadOnlyDictionary<string, double> values = Assert.Single(await rig.Get<StudyFeatureReader>().ReadAsync(rig.Profile.Sha256, ct)).Values;
        // The phantom's lesion is 3 times its muscle and of one intensity, its ADC 1.2.
        Assert.Equal(3, values["T2_SIR_map_Mean"], 1e-12);
        Assert.Equal(0, values["T2_SIR_map_StandardDeviation"], 1e-12);
        Assert.Equal(1.2, values["ADC_ADC_map_Median"], 1e-6);
        Assert.Equal(300, values["T2_original_firstorder_Mean_map_Mean"], 1e-9);
        Assert.Equal(0, values["T2_original_glcm_Contrast_map_90Percentile"], 1e-12);
    }

    [Fact]
    public async Task CollectBrick_BeforeItsSiblingsAreDone_StaysBlocked()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using Rig rig = await Rig.StartAsync(withConsumers: false);
        RunPlan plan = await rig.PlanAsync(1);
        BrickKey parent = new(plan.RunId, 0);
        await rig.Bricks.CompleteAsync(parent, new BrickOutcome { Children = [new(BrickKinds.Box, "{}", 5), new(BrickKinds.Box, "{}", 7), new(BrickKinds.Collect, "{}")] }, "w", ct);

        await rig.Bricks.CompleteAsync(parent.Child(0), new BrickOutcome(), "w", ct);
        BrickRow? blocked = await rig.Bricks.FindAsync(parent.Child(2), ct);
        await rig.Bricks.CompleteAsync(parent.Child(1), new BrickOutcome(), "w", ct);
        BrickRow? free = await rig.Bricks.FindAsync(parent.Child(2), ct);

        Assert.Equal(BrickStates.Blocked, blocked!.State);
        Assert.Equal(BrickStates.Waiting, free!.State);
    }
}
