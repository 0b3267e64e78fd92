using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Runs;
using MassTransit.Testing;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>What a process finds that starts after another died. Nobody works here: what the sweeper publishes can be seen.</summary>
public sealed class RunSweeperTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_StudyWithoutARun_IsRequestedAgain()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: false);
        await rig.AddStudyAsync();

        FeatureExtractionRequested request = await SweptAsync<FeatureExtractionRequested>(rig);

        Assert.Equal((Rig.StudyUid, rig.Profile.Sha256), (request.StudyInstanceUid, request.ProfileSha256));
    }

    [Fact]
    public async Task Sweep_BrickWithoutAnOutcome_IsRequestedAgainAndTheOthersAreNot()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: false);
        RunPlan plan = await PlanAsync(rig);
        await rig.Bricks.CompleteAsync(new(plan.RunId, 0), new(), "w", Ct);

        await rig.Get<ReleaseRepository>().ReleaseAsync(10, 10, Ct);   // requested by a process that is gone

        BrickExtractionRequested request = await SweptAsync<BrickExtractionRequested>(rig);

        Assert.Equal((plan.RunId, 1), (request.RunId, request.BrickIndex));
        Assert.Single(rig.Harness.Sent.Select<BrickExtractionRequested>(Rig.Now));
    }

    [Fact]
    public async Task Sweep_LastBrickDoneAndNobodyClosedTheRun_IsClosedAndAnnounced()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: false);
        RunPlan plan = await PlanAsync(rig);
        await rig.Bricks.CompleteAsync(new(plan.RunId, 0), new(), "w", Ct);
        await rig.Bricks.RejectAsync(new(plan.RunId, 1), "no", "w", Ct);

        Assert.Equal(plan.RunId, (await SweptAsync<FeaturesExtracted>(rig)).RunId);
    }

    [Fact]
    public async Task Sweep_ClosedRunThatWasNeverAnnounced_IsAnnounced()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: false);
        RunPlan plan = await PlanAsync(rig);
        await rig.Bricks.CompleteAsync(new(plan.RunId, 0), new(), "w", Ct);
        await rig.Bricks.CompleteAsync(new(plan.RunId, 1), new(), "w", Ct);
        Assert.NotNull(await rig.Runs.TryCompleteAsync(plan.RunId, Ct));

        Assert.Equal("P", (await SweptAsync<FeaturesExtracted>(rig)).Pseudonym);
    }

    private static async Task<RunPlan> PlanAsync(Rig rig)
    {
        await rig.AddStudyAsync();
        RunPlan plan = new() { StudyUid = Rig.StudyUid, StudyContentSha256 = "with map", ProfileSha256 = rig.Profile.Sha256, Bricks = [new(FakeWork.Fake, "{}"), new(FakeWork.Fake, "{}")] };
        await rig.Runs.PlanAsync(plan, Ct);
        return plan;
    }

    private static async Task<T> SweptAsync<T>(Rig rig) where T : class
    {
        await rig.Sweeper.StartAsync(Ct);
        try
        {
            if (typeof(T) == typeof(BrickExtractionRequested))
            {
                await foreach (ISentMessage<T> message in rig.Harness.Sent.SelectAsync<T>(Ct))
                    return message.Context.Message;
            }
            await foreach (IPublishedMessage<T> message in rig.Harness.Published.SelectAsync<T>(Ct))
                return message.Context.Message;
            throw new InvalidOperationException($"No {typeof(T).Name} was published.");
        }
        finally
        {
            await rig.Sweeper.StopAsync(Ct);
        }
    }
}
