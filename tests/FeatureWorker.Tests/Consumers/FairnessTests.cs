using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Runs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>Whose bricks are done when there are more than can be done at a time.</summary>
public sealed class FairnessTests
{
    private const int Limit = 16;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bricks_SmallRunsBehindOneOfFiveHundred_DoNotWaitForAllOfIt()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: true, ("Concurrency", "2"), ("MaxBricksInFlight", $"{Limit}"));
        TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int most = 0;
        rig.Fake.Do = async (_, ct) =>
        {
            await begin.Task.WaitAsync(ct);
            InterlockedMax(ref most, await rig.ScalarAsync<int>("SELECT COUNT(*) FROM brick WHERE state = 'pending'"));
            return new();
        };
        RunPlan large = await rig.PlanAsync(500);
        RunPlan[] small = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => rig.PlanAsync(3, work: $"{{\"small\":{i}}}")));
        begin.SetResult();
        await rig.AnnouncedAsync(515);

        BrickKey[] done = [.. rig.Fake.Done];
        Assert.Equal(515, done.Distinct().Count());
        // In the order of the requests, which fairness decides: of two slots, one may stand still for a while.
        string[] requested = [.. rig.Harness.Sent.Select<BrickExtractionRequested>(Rig.Now).Select(m => m.Context.Message.RunId)];
        int last = Array.FindLastIndex(requested, run => small.Any(s => s.RunId == run));
        // At most what was in flight before them, and then turns of one brick each.
        Assert.InRange(last, 14, Limit + (2 * 15) + Limit);
        Assert.Equal(499, done[..^1].Count(k => k.RunId == large.RunId));
        Assert.InRange(most, 1, Limit);
    }

    [Fact]
    public async Task Bricks_InteractiveRunBehindABatch_GoFirst()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: true, ("Concurrency", "1"), ("MaxBricksInFlight", $"{Limit}"));
        TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Fake.Do = async (_, ct) =>
        {
            await begin.Task.WaitAsync(ct);
            return new();
        };
        await rig.PlanAsync(40);
        RunPlan interactive = await rig.PlanAsync(3, RunPriority.Interactive, work: "{\"somebody\":\"waits\"}");
        begin.SetResult();
        await rig.AnnouncedAsync(43);

        BrickKey[] done = [.. rig.Fake.Done];
        // One of the batch was in work, some may get in while the next interactive one is on its way from the queue; but the sixteen that had been
        // requested before do not all go first.
        Assert.InRange(Array.FindLastIndex(done, k => k.RunId == interactive.RunId), 3, Limit - 4);
    }

    [Fact]
    public async Task Bricks_DeliveredSeveralTimes_ChangeNothing()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: true, ("Concurrency", "2"), ("MaxBricksInFlight", $"{Limit}"));
        int value = 0;
        rig.Fake.Do = (_, _) => Task.FromResult(new BrickOutcome
        {
            Values = [new("v", Interlocked.Increment(ref value))],
            Children = [new(BrickKinds.Region, "{}"), new(BrickKinds.Collect, "{}")],
        });
        RunPlan plan = await rig.PlanAsync(1);
        await rig.AnnouncedAsync(1);
        double? first = await rig.ValueAsync("v");

        for (int i = 0; i < 5; i++)
            await rig.Harness.Bus.Publish(new BrickExtractionRequested { RunId = plan.RunId, BrickIndex = 0 }, Ct);
        await rig.AnnouncedAsync(6);

        Assert.Equal(1, await rig.ScalarAsync<int>("SELECT COUNT(*) FROM feature_value"));
        Assert.Equal(first, await rig.ValueAsync("v"));
        Assert.Equal(3, await rig.ScalarAsync<int>("SELECT expected_bricks FROM extraction_run"));
        Assert.Equal(3, await rig.ScalarAsync<int>("SELECT COUNT(*) FROM brick"));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
            // another brick counted at the same time
        }
    }
}
