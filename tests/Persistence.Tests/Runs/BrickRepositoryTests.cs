using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Runs;

public abstract class BrickRepositoryTests : DatabaseTests
{
    private const string Worker = "node/1";
    private static readonly BrickOutcome Prepared = new()
    {
        Children = [new(BrickKinds.Box, "box 0", 100), new(BrickKinds.Box, "box 1", 200), new(BrickKinds.Collect, "collect")],
        Seconds = 0.5,
    };

    private BrickRepository Bricks => Get<BrickRepository>();

    [Fact]
    public async Task CompleteAsync_WithChildren_TheyWaitAndTheCollectingOneIsBlockedUntilTheOthersAreDone()
    {
        BrickKey prepare = await PrepareAsync();

        await Bricks.CompleteAsync(prepare, Prepared, Worker, Ct);
        Assert.Equal(["waiting", "waiting", "blocked"], await StatesAsync(prepare));
        Assert.Equal(4, await ScalarAsync<int>("SELECT expected_bricks FROM extraction_run"));
        Assert.Null(await Get<RunRepository>().TryCompleteAsync(prepare.RunId, Ct));

        await ReleaseAsync();
        await Bricks.CompleteAsync(prepare.Child(0), new() { ResultSha256 = "maps 0" }, Worker, Ct);
        Assert.Equal(["done", "pending", "blocked"], await StatesAsync(prepare));
        await Bricks.RejectAsync(prepare.Child(1), "no voxels", Worker, Ct);
        Assert.Equal(["done", "rejected", "waiting"], await StatesAsync(prepare));

        await ReleaseAsync();
        await Bricks.CompleteAsync(prepare.Child(2), new() { Values = [new("a", 1)] }, Worker, Ct);
        Assert.NotNull(await Get<RunRepository>().TryCompleteAsync(prepare.RunId, Ct));
        ChildBrick first = (await Bricks.ListChildrenAsync(prepare, Ct))[0];
        Assert.Equal(("maps 0", 100L, "box 0"), (first.ResultSha256, first.RegionVoxels, first.Work));
    }

    [Fact]
    public async Task CompleteAsync_PrepareBrickTwice_ItsChildrenAreThereOnce()
    {
        BrickKey prepare = await PrepareAsync();
        await Bricks.CompleteAsync(prepare, Prepared, Worker, Ct);

        await Bricks.CompleteAsync(prepare, Prepared with { Children = [.. Prepared.Children, new(BrickKinds.Box, "one more")] }, "late", Ct);

        Assert.Equal(3, (await Bricks.ListChildrenAsync(prepare, Ct)).Count);
        Assert.Equal(4, await ScalarAsync<int>("SELECT expected_bricks FROM extraction_run"));
    }

    [Fact]
    public async Task CompleteAsync_CollectingChildAlone_IsNotBlocked()
    {
        BrickKey prepare = await PrepareAsync();

        await Bricks.CompleteAsync(prepare, new() { Children = [new(BrickKinds.Collect, "nothing to collect")] }, Worker, Ct);

        Assert.Equal(["waiting"], await StatesAsync(prepare));
    }

    [Fact]
    public async Task CompleteAsync_BoxesFinishSideBySide_TheCollectingOneIsUnblocked()
    {
        BrickKey prepare = await PrepareAsync();
        await Bricks.CompleteAsync(prepare, new() { Children = [.. Enumerable.Range(0, 12).Select(i => new BrickPlan(BrickKinds.Box, $"{i}")), new(BrickKinds.Collect, "c")] }, Worker, Ct);
        await ReleaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Bricks.CompleteAsync(prepare.Child(i), new(), Worker, Ct), Ct)));

        Assert.Equal("waiting", (await StatesAsync(prepare))[^1]);
    }

    [Fact]
    public async Task FailAsync_UpToTheLimit_QuarantinesAndHoldsTheRunAndItsSiblings()
    {
        BrickKey prepare = await PrepareAsync();
        await Bricks.CompleteAsync(prepare, Prepared, Worker, Ct);
        await ReleaseAsync();
        await Bricks.CompleteAsync(prepare.Child(0), new(), Worker, Ct);

        Assert.False(await Bricks.FailAsync(prepare.Child(1), "first", 3, Worker, Ct));
        Assert.False(await Bricks.FailAsync(prepare.Child(1), "second", 3, Worker, Ct));
        Assert.True(await Bricks.FailAsync(prepare.Child(1), "third", 3, Worker, Ct));

        Assert.Equal(["done", "quarantined", "blocked"], await StatesAsync(prepare));
        Assert.Equal("third", await ScalarAsync<string>("SELECT detail FROM brick WHERE state = 'quarantined'"));
        Assert.Null(await Get<RunRepository>().TryCompleteAsync(prepare.RunId, Ct));
        Assert.Empty(await Get<RunSweepRepository>().ListUnclosedAsync(Ct));
        Assert.False(await Bricks.FailAsync(prepare.Child(1), "fourth", 3, Worker, Ct));   // a late delivery changes nothing
        Assert.Equal("third", await ScalarAsync<string>("SELECT detail FROM brick WHERE state = 'quarantined'"));
    }

    [Fact]
    public async Task RetryAsync_QuarantinedBrick_WaitsAgainWithACleanRecordAndTheRunEnds()
    {
        BrickKey prepare = await PrepareAsync();
        await Bricks.CompleteAsync(prepare, Prepared, Worker, Ct);
        await ReleaseAsync();
        await Bricks.CompleteAsync(prepare.Child(0), new(), Worker, Ct);
        await Bricks.FailAsync(prepare.Child(1), "no memory", 1, Worker, Ct);

        QuarantinedBrick retried = Assert.Single(await Get<BrickQuarantine>().RetryAsync(prepare.RunId, null, "Ada", Ct));

        Assert.Equal((prepare.Child(1), BrickKinds.Box, "no memory"), (retried.Key, retried.Kind, retried.Reason));
        Assert.Equal(["done", "waiting", "blocked"], await StatesAsync(prepare));
        Assert.Empty(await Get<BrickQuarantine>().RetryAsync(prepare.RunId, null, "Ada", Ct));
        await ReleaseAsync();
        Assert.False(await Bricks.FailAsync(prepare.Child(1), "again", 2, Worker, Ct));   // counted from the start
        await Bricks.CompleteAsync(prepare.Child(1), new(), Worker, Ct);
        Assert.Equal(["done", "done", "waiting"], await StatesAsync(prepare));
    }

    [Fact]
    public async Task RetryAsync_OneOfSeveral_LeavesTheOthers()
    {
        RunPlan first = await PlanAsync(await AddStudyAsync("1.1"), bricks: 2), second = await PlanAsync(await AddStudyAsync("1.2"));
        foreach (BrickKey key in new BrickKey[] { new(first.RunId, 0), new(first.RunId, 1), new(second.RunId, 0) })
            await Bricks.QuarantineAsync(key, "why", Ct);

        Assert.Equal([new(first.RunId, 1)], (await Get<BrickQuarantine>().RetryAsync(first.RunId, 1, "Ada", Ct)).Select(r => r.Key));
        Assert.Equal([new(first.RunId, 0)], (await Get<BrickQuarantine>().RetryAsync(first.RunId[..12], null, "Ada", Ct)).Select(r => r.Key));
        Assert.Equal([new(second.RunId, 0)], (await Get<BrickQuarantine>().RetryAsync(null, null, "Ada", Ct)).Select(r => r.Key));
    }

    [Fact]
    public async Task DismissAsync_LastThatOthersWaitFor_IsRejectedForGoodAndTheOthersGoOn()
    {
        BrickKey prepare = await PrepareAsync();
        await Bricks.CompleteAsync(prepare, Prepared, Worker, Ct);
        await ReleaseAsync();
        await Bricks.CompleteAsync(prepare.Child(0), new(), Worker, Ct);
        await Bricks.FailAsync(prepare.Child(1), "no memory", 1, Worker, Ct);

        Assert.Equal([prepare.Child(1)], (await Get<BrickQuarantine>().DismissAsync(prepare.RunId[..12], null, "Ada", "nobody needs it", Ct)).Select(d => d.Key));

        Assert.Equal(["done", "rejected", "waiting"], await StatesAsync(prepare));
        Assert.Equal("dismissed by Ada: nobody needs it (it had failed: no memory)", await ScalarAsync<string>("SELECT detail FROM brick WHERE state = 'rejected'"));
        AuditRow kept = Assert.Single(await Get<AuditLog>().ListAsync(10, Ct));
        Assert.Equal(("Ada", "dismiss", $"run {prepare.RunId}", "nobody needs it"), (kept.Actor, kept.Action, kept.Subject, kept.Reason));
        Assert.Empty(await Get<BrickQuarantine>().DismissAsync(prepare.RunId, null, "Ada", "again", Ct));
        Assert.Empty(await Get<BrickQuarantine>().RetryAsync(prepare.RunId, null, "Ada", Ct));
        await Bricks.CompleteAsync(prepare.Child(1), new() { Values = [new("late", 1)] }, Worker, Ct);   // a late delivery changes nothing
        Assert.Equal(["done", "rejected", "waiting"], await StatesAsync(prepare));
    }

    [Fact]
    public async Task CompleteAsync_QuarantinedMeanwhile_TheOutcomeStands()
    {
        BrickKey key = new((await PlanAsync(await AddStudyAsync("1.1"))).RunId, 0);
        await Bricks.QuarantineAsync(key, "too many", Ct);

        await Bricks.CompleteAsync(key, new() { Values = [new("a", 1)] }, Worker, Ct);

        Assert.Equal("done", (await Bricks.FindAsync(key, Ct))!.State);
        Assert.NotNull(await Get<RunRepository>().TryCompleteAsync(key.RunId, Ct));
    }

    [Fact]
    public async Task BeginAsync_EndsThatAreHeardOf_LeaveNoStarts()
    {
        BrickKey key = new((await PlanAsync(await AddStudyAsync("1.1"))).RunId, 0);
        await Bricks.BeginAsync(key, Worker, Ct);
        await Bricks.BeginAsync(key, Worker, Ct);
        Assert.Equal(2, (await Bricks.FindAsync(key, Ct))!.Starts);

        await Bricks.HandBackAsync(key, "the store is away", Ct);
        Assert.Equal((1L, "pending"), ((await Bricks.FindAsync(key, Ct))!.Starts, (await Bricks.FindAsync(key, Ct))!.State));
        Assert.Equal(0, await ScalarAsync<int>("SELECT failures FROM brick"));
        await Bricks.FailAsync(key, "no use", 3, Worker, Ct);
        Assert.Equal(0, (await Bricks.FindAsync(key, Ct))!.Starts);
    }

    [Fact]
    public async Task UnblockAsync_ProcessDiedBeforeTheUnblocking_IsMadeUpFor()
    {
        BrickKey prepare = await PrepareAsync();
        await Bricks.CompleteAsync(prepare, Prepared, Worker, Ct);
        Assert.Equal(0, await Get<RunSweepRepository>().UnblockAsync(Ct));
        await ExecuteAsync("UPDATE brick SET state = 'done' WHERE kind = 'box'");

        Assert.Equal(1, await Get<RunSweepRepository>().UnblockAsync(Ct));
        Assert.Equal(["done", "done", "waiting"], await StatesAsync(prepare));
    }

    [Fact]
    public async Task FindProgressAsync_FromPlanToHeldToClosed_TellsWhereItIs()
    {
        BrickKey prepare = await PrepareAsync();
        Assert.Null(await Get<RunRepository>().FindProgressAsync("nobody's", Ct));
        Assert.Equal(new RunProgress(0, 1, 1, 0, false), await ProgressAsync());
        await Bricks.CompleteAsync(prepare, Prepared, Worker, Ct);
        await ReleaseAsync();
        await Bricks.CompleteAsync(prepare.Child(0), new(), Worker, Ct);
        Assert.Equal(new RunProgress(2, 1, 4, 0, false), await ProgressAsync());

        await Bricks.QuarantineAsync(prepare.Child(1), "why", Ct);
        Assert.Equal((new RunProgress(2, 0, 4, 1, false), true), (await ProgressAsync(), (await ProgressAsync()).IsHeld));

        await Bricks.CompleteAsync(prepare.Child(1), new(), Worker, Ct);
        await Bricks.CompleteAsync(prepare.Child(2), new(), Worker, Ct);
        await Get<RunRepository>().TryCompleteAsync(prepare.RunId, Ct);
        Assert.Equal((new RunProgress(4, 0, 4, 0, true), false), (await ProgressAsync(), (await ProgressAsync()).IsHeld));

        async Task<RunProgress> ProgressAsync() => (await Get<RunRepository>().FindProgressAsync(prepare.RunId, Ct))!;
    }

    [Fact]
    public void Child_OfEveryPlace_HasItsOwnKeyAndKnowsItsParent()
    {
        BrickKey parent = new("run", 3);

        Assert.Null(parent.Parent);
        Assert.Equal(new BrickKey("run", (4 * 1_048_576) + 5), parent.Child(5));
        Assert.Equal((parent, parent), (parent.Child(0).Parent, parent.Child(BrickKey.MostChildren - 1).Parent));
        Assert.Equal(new BrickKey("run", 4), new BrickKey("run", 4).Child(0).Parent);
        Assert.Throws<ArgumentOutOfRangeException>(() => parent.Child(BrickKey.MostChildren));
        Assert.Throws<InvalidOperationException>(() => parent.Child(0).Child(0).Child(0));
        Assert.Throws<InvalidOperationException>(() => new BrickKey("run", 2047).Child(0));
    }

    private async Task<BrickKey> PrepareAsync()
    {
        RunPlan plan = new() { StudyUid = await AddStudyAsync("1.1"), StudyContentSha256 = "c1", ProfileSha256 = Profile, Bricks = [new(BrickKinds.Prepare, "prepare")] };
        await Get<RunRepository>().PlanAsync(plan, Ct);
        await ReleaseAsync();
        return new(plan.RunId, 0);
    }

    private Task<IReadOnlyList<ReleasedBrick>> ReleaseAsync() => Get<ReleaseRepository>().ReleaseAsync(100, 100, Ct);

    private async Task<IReadOnlyList<string>> StatesAsync(BrickKey parent) => [.. (await Bricks.ListChildrenAsync(parent, Ct)).Select(b => b.State)];
}

public sealed class SqliteBrickRepositoryTests : BrickRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlBrickRepositoryTests(PostgreSqlServer server) : BrickRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
