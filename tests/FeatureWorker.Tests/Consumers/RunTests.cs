using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Runs;
using MassTransit;
using MassTransit.Testing;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>From a study that is announced to features that are.</summary>
public sealed class RunTests
{
    private static readonly StudyIngested Ingested = new() { StudyInstanceUid = Rig.StudyUid, Pseudonym = "P", CenterCode = "C01" };

    [Fact]
    public async Task StudyIngested_StudyIsReady_EveryBrickIsComputedAndTheRunAnnounced()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.AddStudyAsync();

        await rig.Harness.Bus.Publish(Ingested, TestContext.Current.CancellationToken);
        FeaturesExtracted announced = await FirstAsync(rig);

        Assert.Equal((Rig.StudyUid, "P", rig.Profile.Sha256), (announced.StudyInstanceUid, announced.Pseudonym, announced.ProfileSha256));
        Assert.Equal(3, await rig.ValueAsync("T2_SIR"));
        Assert.Equal(1.2, (await rig.ValueAsync("ADC_Mean"))!.Value, 1e-12);
        Assert.True(await rig.Harness.Consumed.Any<FeaturesExtracted>(TestContext.Current.CancellationToken));
        Assert.Empty(await rig.Get<RunSweepRepository>().ListNotAnnouncedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task BrickExtractionRequested_DeliveredTwice_ComputesOnceAndAnnouncesTwice()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using Rig rig = await Rig.StartAsync();
        await rig.AddStudyAsync();
        await rig.Harness.Bus.Publish(Ingested, ct);
        FeaturesExtracted first = await FirstAsync(rig);
        int reads = rig.Blobs.Reads;
        long? completed = await rig.ScalarAsync<long?>("SELECT completed_ms FROM extraction_run");
        rig.Clock.Advance(TimeSpan.FromMinutes(1));

        await rig.Harness.Bus.Publish(new BrickExtractionRequested { RunId = first.RunId, BrickIndex = 0 }, ct);

        Assert.Equal(2, await CountAsync<BrickExtracted>(rig, atLeast: 2, m => m.BrickIndex == 0));
        Assert.Equal(2, await CountAsync<FeaturesExtracted>(rig, atLeast: 2, m => m.RunId == first.RunId));
        Assert.Equal(reads, rig.Blobs.Reads);
        Assert.NotNull(completed);
        Assert.Equal(completed, await rig.ScalarAsync<long?>("SELECT completed_ms FROM extraction_run"));   // closed once
    }

    [Fact]
    public async Task FeatureExtractionRequested_DeliveredTwice_PlansOneRun()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using Rig rig = await Rig.StartAsync();
        await rig.AddStudyAsync();

        await rig.Harness.Bus.Publish(Ingested, ct);
        await rig.Harness.Bus.Publish(Ingested, ct);

        // The second delivery finds the run as it is; a run that is closed by then is announced again.
        await FirstAsync(rig);
        int planned = 0;
        await foreach (IReceivedMessage<FeatureExtractionRequested> _ in rig.Harness.Consumed.SelectAsync<FeatureExtractionRequested>(ct))
        {
            if (++planned == 2)
                break;
        }
        Assert.Equal(2, planned);
        Assert.Equal(1, await rig.ScalarAsync<int>("SELECT COUNT(*) FROM extraction_run"));
        Assert.Equal(2, await rig.ScalarAsync<int>("SELECT COUNT(*) FROM brick WHERE state = 'done'"));
    }

    [Fact]
    public async Task StudyIngested_SomethingIsMissing_StudyWaitsForItAndGoesOnWhenItCame()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using Rig rig = await Rig.StartAsync();
        await rig.AddStudyAsync(withMap: false);
        await rig.Harness.Bus.Publish(Ingested, ct);
        Assert.True(await rig.Harness.Consumed.Any<FeatureExtractionRequested>(ct));

        Assert.Equal("an ADC or diffusion series with a segmentation of Lesion on it", await rig.ScalarAsync<string>("SELECT waiting_for FROM study WHERE state = 'waiting'"));
        Assert.Equal(0, await rig.ScalarAsync<int>("SELECT COUNT(*) FROM extraction_run"));

        await rig.AddStudyAsync();
        await rig.Harness.Bus.Publish(Ingested, ct);
        await FirstAsync(rig);
        Assert.Equal(1.2, (await rig.ValueAsync("ADC_Mean"))!.Value, 1e-12);
    }

    [Fact]
    public async Task BrickExtractionRequested_NoSuchBrick_IsDroppedWithoutAFault()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using Rig rig = await Rig.StartAsync();

        await rig.Harness.Bus.Publish(new BrickExtractionRequested { RunId = RunId.Of("1", "2", "3"), BrickIndex = 9 }, ct);

        await rig.EndedAsync(new(RunId.Of("1", "2", "3"), 9));
        Assert.Empty(rig.Harness.Published.Select<BrickExtracted>(Rig.Now));
        Assert.Empty(rig.Harness.Published.Select<Fault<BrickExtractionRequested>>(Rig.Now));
    }

    private static async Task<FeaturesExtracted> FirstAsync(Rig rig)
    {
        await foreach (IPublishedMessage<FeaturesExtracted> message in rig.Harness.Published.SelectAsync<FeaturesExtracted>(TestContext.Current.CancellationToken))
            return message.Context.Message;
        throw new InvalidOperationException("No features were announced.");
    }

    /// <summary>Messages published, waiting until there are so many.</summary>
    private static async Task<int> CountAsync<T>(Rig rig, int atLeast, Func<T, bool> wanted) where T : class
    {
        int count = 0;
        await foreach (IPublishedMessage<T> message in rig.Harness.Published.SelectAsync<T>(TestContext.Current.CancellationToken))
        {
            if (wanted(message.Context.Message) && ++count == atLeast)
                break;
        }
        return count;
    }
}
