using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Status;
using HccPipeline.Persistence.Workers;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Status;

public abstract class ExtractionStatusTests : DatabaseTests
{
    private BrickRepository Bricks => Get<BrickRepository>();

    private StatusReader Status => Get<StatusReader>();

    [Fact]
    public async Task ReadAsync_EmptyRegistry_HasNothingLeftAndNoPace()
    {
        ExtractionStatus status = await Get<ExtractionStatusReader>().ReadAsync(Ct);

        Assert.Equal((0, 0, 0), (status.RunsOpen, status.RunsHeld, status.RunsDone));
        Assert.Empty(status.Bricks);
        Assert.Equal((null, null, 0.0), (status.BricksPerSecond, status.VoxelsPerSecond, status.SecondsLeft));
    }

    [Fact]
    public async Task ReadAsync_RunsDoneHeldAndOpen_AreCountedWithTheirBricks()
    {
        RunPlan done = await PlanAsync(await AddStudyAsync("1.1")), held = await PlanAsync(await AddStudyAsync("1.2"), bricks: 2), open = await PlanAsync(await AddStudyAsync("1.3"), bricks: 3);
        await Bricks.CompleteAsync(new(done.RunId, 0), new(), "w", Ct);
        await Get<RunRepository>().TryCompleteAsync(done.RunId, Ct);
        await Bricks.QuarantineAsync(new(held.RunId, 1), "no use", Ct);
        await Bricks.RejectAsync(new(open.RunId, 0), "no region", "w", Ct);

        ExtractionStatus status = (await Status.ReadAsync(Profile, Ct)).Extraction;

        Assert.Equal((1, 1, 1), (status.RunsOpen, status.RunsHeld, status.RunsDone));
        BrickCounts region = Assert.Single(status.Bricks);
        Assert.Equal(
            new BrickCounts { Kind = BrickKinds.Region, Done = 1, Rejected = 1, Pending = 3, Waiting = 0, Blocked = 0, Quarantined = 1 }, region);
        Assert.Equal(3, region.Left);
        Assert.Equal((new BrickKey(held.RunId, 1), "no use", "1.2"), (status.Quarantined[0].Key, status.Quarantined[0].Reason, status.Quarantined[0].StudyUid));
    }

    [Fact]
    public async Task ReadAsync_BricksDoneOfLate_GivePaceAndTimeLeft()
    {
        RunPlan plan = new()
        {
            ProfileSha256 = Profile,
            Bricks = [.. Enumerable.Range(0, 10).Select(i => new BrickPlan(BrickKinds.Box, $"{i}", 1000)), new(BrickKinds.Region, "r"), new(BrickKinds.Region, "s")],
        };
        await Get<RunRepository>().PlanAsync(plan, Ct);
        await Get<ReleaseRepository>().ReleaseAsync(100, 100, Ct);
        await DoAsync(10, 1);   // long ago
        Clock.Advance(TimeSpan.FromMinutes(10));
        for (int i = 0; i < 4; i++)
            await DoAsync(i, 5);

        ExtractionStatus status = await Get<ExtractionStatusReader>().ReadAsync(Ct);

        Assert.Equal(0.2, status.BricksPerSecond!.Value, 1e-9);   // one in five seconds, since the first of them began
        Assert.Equal(200, status.VoxelsPerSecond!.Value, 1e-9);
        Assert.Equal((6 * 5) + 1, status.SecondsLeft!.Value, 1e-9);   // six boxes and, as ever, a second for the region

        async Task DoAsync(int index, int seconds)
        {
            await Bricks.BeginAsync(new(plan.RunId, index), "w", Ct);
            Clock.Advance(TimeSpan.FromSeconds(seconds));
            await Bricks.CompleteAsync(new(plan.RunId, index), new() { Seconds = seconds }, "w", Ct);
        }
    }

    [Fact]
    public async Task ReadProgressAsync_WhatIsLeftIsInQuarantine_IsIdleAndSaysSo()
    {
        RunPlan held = await PlanAsync(await AddStudyAsync("1.1"), bricks: 2), done = await PlanAsync(await AddStudyAsync("1.2"));
        await Bricks.CompleteAsync(new(done.RunId, 0), new(), "w", Ct);
        await Get<RunRepository>().TryCompleteAsync(done.RunId, Ct);
        await Bricks.QuarantineAsync(new(held.RunId, 0), "no use", Ct);
        Assert.Equal(new ExtractionProgress(2, 1, 0, 1), await Status.ReadProgressAsync(Profile, Ct));   // its other brick goes on
        Assert.False((await Status.ReadProgressAsync(Profile, Ct)).IsIdle);

        await Bricks.CompleteAsync(new(held.RunId, 1), new(), "w", Ct);
        Assert.Equal(new ExtractionProgress(2, 1, 1, 0), await Status.ReadProgressAsync(Profile, Ct));
        Assert.True((await Status.ReadProgressAsync(Profile, Ct)).IsIdle);

        await Get<BrickQuarantine>().RetryAsync(null, null, "Ada", Ct);
        Assert.False((await Status.ReadProgressAsync(Profile, Ct)).IsIdle);
    }

    [Fact]
    public async Task ListAliveAsync_WorkerNotSeenForLong_IsNotListed()
    {
        WorkerRepository workers = Get<WorkerRepository>();
        await workers.SeeAsync(Worker("a"), Ct);
        Clock.Advance(TimeSpan.FromSeconds(20));
        await workers.SeeAsync(Worker("b"), Ct);
        Assert.Equal(["a", "b"], (await workers.ListAliveAsync(Ct)).Select(w => w.WorkerId));

        Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(Worker("b") with { SeenMs = Now - 15_000 }, Assert.Single(await workers.ListAliveAsync(Ct)));
        await workers.SeeAsync(Worker("a"), Ct);   // it was only slow
        await workers.RemoveAsync("b", Ct);
        Assert.Equal(["a"], (await workers.ListAliveAsync(Ct)).Select(w => w.WorkerId));
    }

    [Fact]
    public async Task TakeStaleAsync_BrickInWorkWithAWorkerWhoIsAlive_IsNotTaken()
    {
        RunPlan plan = await PlanAsync(await AddStudyAsync("1.1"), bricks: 3);
        await Bricks.BeginAsync(new(plan.RunId, 0), "alive", Ct);
        await Bricks.BeginAsync(new(plan.RunId, 1), "dead", Ct);
        Clock.Advance(TimeSpan.FromMinutes(20));
        await Get<WorkerRepository>().SeeAsync(Worker("alive"), Ct);

        Assert.Equal([1, 2], await TakeAsync(evenInWork: false));
        Clock.Advance(TimeSpan.FromMinutes(20));
        await Get<WorkerRepository>().SeeAsync(Worker("alive"), Ct);
        Assert.Equal([0, 1, 2], (await TakeAsync(evenInWork: true)).Order());

        async Task<IEnumerable<int>> TakeAsync(bool evenInWork) =>
            (await Get<RunSweepRepository>().TakeStaleAsync(Clock.GetUtcNow() - TimeSpan.FromMinutes(10), evenInWork, Ct)).Select(b => b.Key.BrickIndex);
    }

    private long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private WorkerProcess Worker(string id) => new() { WorkerId = id, Roles = "features", Slots = 2, Version = "1", StartedMs = 1, SeenMs = Now };
}

public sealed class SqliteExtractionStatusTests : ExtractionStatusTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlExtractionStatusTests(PostgreSqlServer server) : ExtractionStatusTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
