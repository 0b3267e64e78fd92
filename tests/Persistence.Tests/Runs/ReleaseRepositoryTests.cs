using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Runs;

public abstract class ReleaseRepositoryTests : DatabaseTests
{
    private ReleaseRepository Release => Get<ReleaseRepository>();

    [Fact]
    public async Task ReleaseAsync_LargeRunBeforeSmallOnes_TheyTakeTurns()
    {
        RunPlan large = await WaitAsync("1.1", 500);
        RunPlan second = await WaitAsync("1.2", 2), third = await WaitAsync("1.3", 1);

        IReadOnlyList<ReleasedBrick> released = await Release.ReleaseAsync(7, 7, Ct);

        Assert.Equal(
            [new(large.RunId, 0), new(second.RunId, 0), new(third.RunId, 0), new(large.RunId, 1), new(second.RunId, 1), new(large.RunId, 2), new(large.RunId, 3)],
            released.Select(r => r.Key));
    }

    [Fact]
    public async Task ReleaseAsync_RunsWithBricksInFlight_GoOnWhereTheFewestAre()
    {
        RunPlan large = await WaitAsync("1.1", 500);
        Assert.Equal(4, (await Release.ReleaseAsync(4, 4, Ct)).Count);
        RunPlan small = await WaitAsync("1.2", 3);

        Assert.Equal([new(small.RunId, 0), new(small.RunId, 1), new(small.RunId, 2), new(large.RunId, 4)], (await Release.ReleaseAsync(8, 8, Ct)).Select(r => r.Key));
    }

    [Fact]
    public async Task ReleaseAsync_InteractiveRun_ComesFirstAndIsNotHeldBackByTheBatch()
    {
        await WaitAsync("1.1", 10);
        Assert.Equal(4, (await Release.ReleaseAsync(4, 4, Ct)).Count);
        RunPlan interactive = await WaitAsync(null, 2, RunPriority.Interactive);

        IReadOnlyList<ReleasedBrick> released = await Release.ReleaseAsync(4, 4, Ct);

        Assert.Equal([(interactive.RunId, 0, RunPriority.Interactive), (interactive.RunId, 1, RunPriority.Interactive)], released.Select(r => (r.Key.RunId, r.Key.BrickIndex, r.Priority)));
    }

    [Fact]
    public async Task ReleaseAsync_SupersededRun_ComesLast()
    {
        RunPlan old = await WaitAsync("1.1", 3);
        RunPlan now = await WaitAsync("1.1", 3, content: "c2");

        Assert.Equal([now.RunId, now.RunId, now.RunId, old.RunId], (await Release.ReleaseAsync(4, 4, Ct)).Select(r => r.Key.RunId));
    }

    [Fact]
    public async Task ReleaseAsync_EnoughInFlight_GivesNothingUntilLessThanAskedForIs()
    {
        RunPlan plan = await WaitAsync("1.1", 20);
        Assert.Equal(8, (await Release.ReleaseAsync(8, 4, Ct)).Count);
        for (int i = 0; i < 4; i++)
        {
            Assert.Empty(await Release.ReleaseAsync(8, 4, Ct));
            await Get<BrickRepository>().CompleteAsync(new(plan.RunId, i), new(), "w", Ct);
        }
        Assert.Empty(await Release.ReleaseAsync(8, 4, Ct));
        await Get<BrickRepository>().CompleteAsync(new(plan.RunId, 4), new(), "w", Ct);

        Assert.Equal(Enumerable.Range(8, 5), (await Release.ReleaseAsync(8, 4, Ct)).Select(r => r.Key.BrickIndex));
    }

    [Fact]
    public async Task ReleaseAsync_ManyAtOnce_KeepTheLimitAndGiveNoBrickTwice()
    {
        await WaitAsync("1.1", 40);
        await WaitAsync("1.2", 40);

        IReadOnlyList<ReleasedBrick>[] released = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Release.ReleaseAsync(30, 30, Ct), Ct)));

        BrickKey[] keys = [.. released.SelectMany(r => r).Select(r => r.Key)];
        Assert.Equal(30, keys.Length);
        Assert.Equal(30, keys.Distinct().Count());
        Assert.Equal(30, await ScalarAsync<int>("SELECT COUNT(*) FROM brick WHERE state = 'pending'"));
    }

    [Fact]
    public async Task TakeBackAsync_BricksThatWereNotSent_WaitAgain()
    {
        RunPlan plan = await WaitAsync("1.1", 3);
        IReadOnlyList<ReleasedBrick> released = await Release.ReleaseAsync(3, 3, Ct);
        await Get<BrickRepository>().BeginAsync(released[1].Key, "w", Ct);

        await Release.TakeBackAsync(released.Skip(1).Select(r => r.Key), Ct);   // but one of them has arrived after all

        Assert.Equal([new(plan.RunId, 2)], (await Release.ReleaseAsync(10, 10, Ct)).Select(r => r.Key));
    }

    [Fact]
    public async Task ReleaseAsync_PlannedInATrace_CarriesIt()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await Get<RunRepository>().PlanAsync(new() { ProfileSha256 = Profile, TraceParent = Trace, Bricks = [new(BrickKinds.Region, "w")] }, Ct);

        Assert.Equal(Trace, Assert.Single(await Release.ReleaseAsync(1, 1, Ct)).TraceParent);
    }

    private async Task<RunPlan> WaitAsync(string? studyUid, int bricks, RunPriority priority = RunPriority.Batch, string content = "c1")
    {
        if (studyUid is not null)
            await AddStudyAsync(studyUid, content: content);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        RunPlan plan = new()
        {
            StudyUid = studyUid, StudyContentSha256 = content, ProfileSha256 = Profile, Priority = priority,
            Bricks = [.. Enumerable.Range(0, bricks).Select(i => new BrickPlan(BrickKinds.Region, $"work {i}"))],
        };
        await Get<RunRepository>().PlanAsync(plan, Ct);
        return plan;
    }
}

public sealed class SqliteReleaseRepositoryTests : ReleaseRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlReleaseRepositoryTests(PostgreSqlServer server) : ReleaseRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
