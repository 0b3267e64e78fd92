using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Runs;

public abstract class RunRepositoryTests : DatabaseTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private RunRepository Runs => Get<RunRepository>();

    private BrickRepository Bricks => Get<BrickRepository>();

    private RunSweepRepository Lost => Get<RunSweepRepository>();

    [Fact]
    public async Task PlanAsync_Twice_KeepsOneRunAndWhatItsBricksHave()
    {
        RunPlan plan = await PlanAsync(await AddStudyAsync("1.1"), bricks: 2);
        await Bricks.CompleteAsync(new(plan.RunId, 1), Values(("a", 1)), "w", Ct);

        await Runs.PlanAsync(plan, Ct);

        Assert.Equal(1, await ScalarAsync<int>("SELECT COUNT(*) FROM extraction_run"));
        Assert.Equal(("pending", "done"), ((await Bricks.FindAsync(new(plan.RunId, 0), Ct))!.State, (await Bricks.FindAsync(new(plan.RunId, 1), Ct))!.State));
        Assert.Equal(("work 1", Profile), ((await Bricks.FindAsync(new(plan.RunId, 1), Ct))!.Work, (await Bricks.FindAsync(new(plan.RunId, 1), Ct))!.ProfileSha256));
        Assert.Null(await Bricks.FindAsync(new(plan.RunId, 2), Ct));
    }

    [Fact]
    public async Task PlanAsync_SubjectCutInAnotherWay_KeepsTheBricksOfTheFirst()
    {
        RunPlan first = new() { ProfileSha256 = Profile, Subject = "images", Bricks = [new(BrickKinds.Box, "whole", 9)] };
        RunPlan second = first with { Bricks = [new(BrickKinds.Box, "left", 4), new(BrickKinds.Box, "right", 5)] };
        await Task.WhenAll(Runs.PlanAsync(first, Ct), Runs.PlanAsync(second, Ct));
        await Runs.PlanAsync(first, Ct);

        Assert.Equal(first.RunId, second.RunId);
        Assert.NotEqual(first.RunId, (first with { Subject = "other images" }).RunId);
        Assert.Equal(9, await ScalarAsync<long>("SELECT SUM(region_voxels) FROM brick"));
        Assert.Equal(await ScalarAsync<int>("SELECT expected_bricks FROM extraction_run"), await ScalarAsync<int>("SELECT COUNT(*) FROM brick"));
    }

    [Fact]
    public async Task PlanAsync_LaterContentOfTheStudy_SupersedesTheEarlierRun()
    {
        await AddStudyAsync("1.1");
        RunPlan first = await PlanAsync("1.1", "c1"), second = await PlanAsync("1.1", "c2");
        Assert.Equal(first.RunId, await SupersededAsync());

        await Runs.PlanAsync(first, Ct);   // the content went back to what it was
        Assert.Equal(second.RunId, await SupersededAsync());

        Task<string?> SupersededAsync() => ScalarAsync<string>("SELECT run_id FROM extraction_run WHERE superseded = 1");
    }

    [Fact]
    public async Task CompleteBrickAsync_SecondOutcome_LeavesTheFirst()
    {
        RunPlan plan = await PlanAsync(await AddStudyAsync("1.1"));
        BrickKey brick = new(plan.RunId, 0);
        await Bricks.CompleteAsync(brick, Values(("a", 1.5)), "first", Ct);

        await Bricks.CompleteAsync(brick, Values(("a", 2.5), ("b", 3)), "second", Ct);
        await Bricks.RejectAsync(brick, "too late", "third", Ct);

        Assert.Equal(1, await ScalarAsync<int>("SELECT COUNT(*) FROM feature_value"));
        Assert.Equal(1.5, await ScalarAsync<double>("SELECT value FROM feature_value"));
        Assert.Equal("first", await ScalarAsync<string>("SELECT worker FROM brick WHERE state = 'done' AND detail IS NULL"));
    }

    [Fact]
    public async Task TryCompleteAsync_BricksPending_IsNullUntilTheLastHasAnOutcome()
    {
        RunPlan plan = await PlanAsync(await AddStudyAsync("1.1"), bricks: 2);
        await Bricks.CompleteAsync(new(plan.RunId, 0), Values(("a", 1)), "w", Ct);
        Assert.Null(await Runs.TryCompleteAsync(plan.RunId, Ct));
        await Bricks.RejectAsync(new(plan.RunId, 1), "no muscle", "w", Ct);

        CompletedRun run = (await Runs.TryCompleteAsync(plan.RunId, Ct))!;
        Clock.Advance(TimeSpan.FromSeconds(5));
        long closed = await ScalarAsync<long>("SELECT completed_ms FROM extraction_run");

        Assert.Equal(new CompletedRun { RunId = plan.RunId, StudyUid = "1.1", Pseudonym = "P-a", ProfileSha256 = Profile }, run);
        Assert.Equal(run, await Runs.TryCompleteAsync(plan.RunId, Ct));   // again, to be announced again
        Assert.Equal(closed, await ScalarAsync<long>("SELECT completed_ms FROM extraction_run"));
        Assert.Equal([run], await Lost.ListNotAnnouncedAsync(Ct));
        await Runs.MarkAnnouncedAsync(plan.RunId, Ct);
        Assert.Empty(await Lost.ListNotAnnouncedAsync(Ct));
    }

    [Fact]
    public async Task TryCompleteAsync_BricksFinishSideBySide_SomeoneClosesTheRun()
    {
        RunPlan plan = await PlanAsync(await AddStudyAsync("1.1"), bricks: 12);

        CompletedRun?[] seen = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            await Bricks.CompleteAsync(new(plan.RunId, i), Values(($"v{i}", i)), "w", Ct);
            return await Runs.TryCompleteAsync(plan.RunId, Ct);
        }, Ct)));

        Assert.Contains(seen, run => run is not null);
        Assert.Equal(12, await ScalarAsync<int>("SELECT COUNT(*) FROM feature_value"));
        Assert.Equal(1, await ScalarAsync<int>("SELECT COUNT(*) FROM extraction_run WHERE completed_ms IS NOT NULL"));
    }

    [Fact]
    public async Task ListUnclosedAsync_LastBrickDoneAndRunOpen_IsListed()
    {
        RunPlan open = await PlanAsync(await AddStudyAsync("1.1")), pending = await PlanAsync(await AddStudyAsync("1.2"));
        await Bricks.CompleteAsync(new(open.RunId, 0), Values(("a", 1)), "w", Ct);

        Assert.Equal([open.RunId], await Lost.ListUnclosedAsync(Ct));
        await Runs.TryCompleteAsync(open.RunId, Ct);
        Assert.Empty(await Lost.ListUnclosedAsync(Ct));
        Assert.Null(await Runs.TryCompleteAsync(pending.RunId, Ct));
    }

    [Fact]
    public async Task TakeStaleBricksAsync_NothingFinishedOfLate_TakesWhatIsOldOnce()
    {
        RunPlan old = await PlanAsync(await AddStudyAsync("1.1"), bricks: 3);
        await Bricks.CompleteAsync(new(old.RunId, 1), Values(("a", 1)), "w", Ct);
        Clock.Advance(Patience);
        await PlanAsync(await AddStudyAsync("1.2"));

        Assert.Equal([new BrickKey(old.RunId, 0), new BrickKey(old.RunId, 2)], await TakeAsync());
        Assert.Empty(await TakeAsync());
        Clock.Advance(Patience);
        Assert.Equal(3, (await TakeAsync()).Count);
    }

    [Fact]
    public async Task TakeStaleBricksAsync_QueueIsLongAndOthersFinish_TakesNothing()
    {
        RunPlan plan = await PlanAsync(await AddStudyAsync("1.1"), bricks: 3);
        Clock.Advance(2 * Patience);
        await Bricks.CompleteAsync(new(plan.RunId, 0), Values(("a", 1)), "w", Ct);

        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task TakeStaleBricksAsync_LaterBricksFinishedLongAgo_TakesTheOneLeftBehindAlone()
    {
        RunPlan lost = await PlanAsync(await AddStudyAsync("1.1"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        RunPlan later = await PlanAsync(await AddStudyAsync("1.2"), bricks: 3);
        await Bricks.CompleteAsync(new(later.RunId, 0), Values(("a", 1)), "w", Ct);
        Clock.Advance(2 * Patience);
        await Bricks.CompleteAsync(new(later.RunId, 1), Values(("b", 1)), "w", Ct);

        Assert.Equal([new BrickKey(lost.RunId, 0)], await TakeAsync());
    }

    [Fact]
    public async Task ListUnplannedStudiesAsync_ReadyStudyWithoutARunOfItsContent_IsListed()
    {
        await AddStudyAsync("1.1");
        await AddStudyAsync("1.2");
        await PlanAsync("1.1");
        Assert.Equal(["1.2"], await Lost.ListUnplannedStudiesAsync(Profile, Clock.GetUtcNow(), Ct));
        Assert.Empty(await Lost.ListUnplannedStudiesAsync(Profile, Clock.GetUtcNow() - Patience, Ct));
        Assert.Equal(["1.1", "1.2"], (await Lost.ListUnplannedStudiesAsync("another", Clock.GetUtcNow(), Ct)).Order(StringComparer.Ordinal));

        await AddStudyAsync("1.1", content: "c2");
        Assert.Equal(["1.1", "1.2"], (await Lost.ListUnplannedStudiesAsync(Profile, Clock.GetUtcNow(), Ct)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ProfileRepository_SameHashTwice_KeepsTheFirst()
    {
        await Get<ProfileRepository>().AddIfAbsentAsync(Profile, "{ \"other\": 1 }", Ct);

        Assert.Equal("{}", await Get<ProfileRepository>().FindAsync(Profile, Ct));
        Assert.Null(await Get<ProfileRepository>().FindAsync("absent", Ct));
    }

    private async Task<IReadOnlyList<BrickKey>> TakeAsync() => [.. (await Lost.TakeStaleAsync(Clock.GetUtcNow() - Patience, evenInWork: false, Ct)).Select(b => b.Key)];

    private static BrickOutcome Values(params (string Name, double Value)[] values) => new() { Values = [.. values.Select(v => KeyValuePair.Create(v.Name, v.Value))] };
}

public sealed class SqliteRunRepositoryTests : RunRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlRunRepositoryTests(PostgreSqlServer server) : RunRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
