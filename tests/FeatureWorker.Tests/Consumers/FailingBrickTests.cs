using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.Hosting.Bus;
using HccPipeline.Persistence.Runs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>What becomes of bricks that fail, and of those beside them.</summary>
public sealed class FailingBrickTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Brick_FailsOnEveryTry_IsInQuarantineAfterThreeAndTheOthersGoOn()
    {
        await using Rig rig = await Rig.StartAsync();
        rig.Fake.Do = (job, _) => job.Key.BrickIndex == 1 ? throw new InvalidOperationException("no use") : Task.FromResult(new BrickOutcome { Values = [new($"v{job.Key.BrickIndex}", 1)] });
        RunPlan plan = await rig.PlanAsync(3);
        await rig.EndedAsync(new(plan.RunId, 1));
        await rig.AnnouncedAsync(2);

        Assert.Equal(3, rig.Fake.Begun.Count(k => k.BrickIndex == 1));
        Assert.Equal(("quarantined", "InvalidOperationException: no use"), (await StateAsync(rig, 1), await rig.ScalarAsync<string>("SELECT detail FROM brick WHERE brick_index = 1")));
        Assert.Equal(("done", "done"), (await StateAsync(rig, 0), await StateAsync(rig, 2)));
        Assert.Null(await rig.ScalarAsync<long?>("SELECT completed_ms FROM extraction_run"));   // held
    }

    [Fact]
    public async Task Brick_PutBackFromQuarantine_IsDoneAndItsRunEnds()
    {
        await using Rig rig = await Rig.StartAsync();
        rig.Fake.Do = (_, _) => throw new InvalidOperationException("no use");
        RunPlan plan = await rig.PlanAsync(1);
        await rig.EndedAsync(new(plan.RunId, 0));
        rig.Fake.Do = (_, _) => Task.FromResult(new BrickOutcome { Values = [new("v", 7)] });

        await rig.Get<BrickQuarantine>().RetryAsync(plan.RunId, null, "Ada", Ct);
        await rig.Release.FillAsync(Ct);
        await rig.AnnouncedAsync(1);

        Assert.Equal("done", await StateAsync(rig, 0));
        Assert.Equal(7, await rig.ValueAsync("v"));
        await rig.Runs.TryCompleteAsync(plan.RunId, Ct);
        Assert.NotNull(await rig.ScalarAsync<long?>("SELECT completed_ms FROM extraction_run"));
    }

    [Fact]
    public async Task Brick_DismissedFromQuarantine_ItsRunEndsWithWhatTheOthersGave()
    {
        await using Rig rig = await Rig.StartAsync();
        rig.Fake.Do = (job, _) => job.Key.BrickIndex == 1 ? throw new InvalidOperationException("no use") : Task.FromResult(new BrickOutcome { Values = [new("v", 7)] });
        RunPlan plan = await rig.PlanAsync(2);
        await rig.EndedAsync(new(plan.RunId, 1));
        await rig.AnnouncedAsync(1);

        await rig.Get<BrickDismissal>().DismissAsync(plan.RunId, 1, "Ada", "the scan is damaged", Ct);
        await rig.AnnouncedAsync(2);

        Assert.Equal("rejected", await StateAsync(rig, 1));
        await rig.Runs.TryCompleteAsync(plan.RunId, Ct);
        Assert.NotNull(await rig.ScalarAsync<long?>("SELECT completed_ms FROM extraction_run"));
        Assert.Equal(7, await rig.ValueAsync("v"));
    }

    [Fact]
    public async Task Brick_SurroundingsFailForAWhile_IsDoneWithNothingCountedAgainstIt()
    {
        await using Rig rig = await Rig.StartAsync();
        rig.Fake.Do = (_, _) => rig.Fake.Begun.Count <= Rig.Retries ? throw new HttpRequestException("the store is away") : Task.FromResult(new BrickOutcome());
        await rig.PlanAsync(1);
        await rig.AnnouncedAsync(1);

        Assert.Equal(Rig.Retries + 1, rig.Fake.Begun.Count);
        Assert.Equal((0, "done"), (await rig.ScalarAsync<int>("SELECT failures FROM brick"), await StateAsync(rig, 0)));
    }

    [Fact]
    public async Task Brick_SurroundingsFailOnEveryTry_IsLeftToTheSweeper()
    {
        await using Rig rig = await Rig.StartAsync();
        rig.Fake.Do = (_, _) => throw new IOException("the store is away");
        RunPlan plan = await rig.PlanAsync(1);
        Assert.True(await rig.Harness.Published.Any<MassTransit.Fault<Contracts.Messages.BrickExtractionRequested>>(Ct));
        Assert.Equal((0, 0, "pending"), (await rig.ScalarAsync<int>("SELECT failures FROM brick"), await rig.ScalarAsync<int>("SELECT starts FROM brick"), await StateAsync(rig, 0)));

        rig.Fake.Do = (_, _) => Task.FromResult(new BrickOutcome());
        await rig.Sweeper.StartAsync(Ct);
        await rig.EndedAsync(new(plan.RunId, 0));
        await rig.Sweeper.StopAsync(Ct);

        Assert.Equal("done", await StateAsync(rig, 0));
    }

    [Fact]
    public async Task Brick_BegunOftenAndNeverHeardOf_IsInQuarantineAndNotBegunAgain()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: true, ("MaxBrickStarts", "2"), ("MaxBricksInFlight", "1"));
        TaskCompletionSource hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Fake.Do = async (_, ct) =>
        {
            await hold.Task.WaitAsync(ct);
            return new();
        };
        RunPlan plan = await rig.PlanAsync(2);   // one of them is requested
        await rig.Bricks.BeginAsync(new(plan.RunId, 1), "gone", Ct);
        await rig.ScalarAsync<int>("UPDATE brick SET starts = 2 WHERE brick_index = 1");   // twice before: the process died of it each time
        hold.SetResult();
        await rig.EndedAsync(new(plan.RunId, 1));

        Assert.Equal("quarantined", await StateAsync(rig, 1));
        Assert.Contains("begun 2 times", await rig.ScalarAsync<string>("SELECT detail FROM brick WHERE brick_index = 1"), StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Fake.Begun, k => k.BrickIndex == 1);
    }

    [Fact]
    public async Task Brick_ProcessEndsAtOnce_IsHandedBackThoughItsCalculationGoesOn()
    {
        await using Rig rig = await Rig.StartAsync();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Fake.Do = async (_, _) =>
        {
            begun.SetResult();
            await hold.Task;   // and never looks at its cancellation
            return new();
        };
        RunPlan plan = await rig.PlanAsync(1);
        await begun.Task.WaitAsync(Ct);
        Assert.Equal(1, await rig.ScalarAsync<int>("SELECT starts FROM brick"));

        rig.Get<PromptStop>().Begin();
        await rig.EndedAsync(new(plan.RunId, 0));

        Assert.Equal((0, 0, "pending"), (await rig.ScalarAsync<int>("SELECT starts FROM brick"), await rig.ScalarAsync<int>("SELECT failures FROM brick"), await StateAsync(rig, 0)));
        Assert.Null(await rig.ScalarAsync<long?>("SELECT started_ms FROM brick"));
        hold.SetResult();
    }

    [Fact]
    public async Task Brick_OfAKindThatNobodyKnows_IsInQuarantineWithTheKind()
    {
        await using Rig rig = await Rig.StartAsync();
        RunPlan plan = await rig.PlanAsync(1, kind: "of tomorrow");
        await rig.EndedAsync(new(plan.RunId, 0));

        Assert.Contains("'of tomorrow'", await rig.ScalarAsync<string>("SELECT detail FROM brick WHERE state = 'quarantined'"), StringComparison.Ordinal);
    }

    [Fact]
    public void PassingFault_WhatTheBrickIsToBlameFor_IsCounted()
    {
        Assert.True(PassingFault.Is(new InvalidOperationException("outer", new TimeoutException())));
        Assert.True(PassingFault.Is(new Npgsql.NpgsqlException("no connection", new IOException("reset"))));
        Assert.True(PassingFault.Is(new Microsoft.Data.Sqlite.SqliteException("busy", 5)));
        Assert.False(PassingFault.Is(new Microsoft.Data.Sqlite.SqliteException("constraint", 19)));
        Assert.True(PassingFault.Is(new DirectoryNotFoundException("the volume is not mounted")));
        Assert.False(PassingFault.Is(new FileNotFoundException("no such blob")));
        Assert.False(PassingFault.Is(new EndOfStreamException("cut short")));
        Assert.False(PassingFault.Is(new FormatException("wrong")));
    }

    private static Task<string?> StateAsync(Rig rig, int index) => rig.ScalarAsync<string>("SELECT state FROM brick WHERE brick_index = @index", new { index });
}
