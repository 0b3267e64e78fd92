using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Models;

public abstract class PromotionRepositoryTests : DatabaseTests
{
    private ModelRepository Models => Get<ModelRepository>();

    private PromotionRepository Promotions => Get<PromotionRepository>();

    [Fact]
    public async Task PromoteAsync_SeveralAtOnceOnTheSameState_OneWins()
    {
        await AddVersionsAsync(6);
        Assert.Null(await Models.FindChampionAsync(Ct));
        bool[] first = await Task.WhenAll(Enumerable.Range(1, 6).Select(v => Task.Run(() => PromoteAsync(v, null), Ct)));
        Assert.Single(first, true);
        int champion = Array.IndexOf(first, true) + 1;
        Assert.Equal(champion, await Models.FindChampionAsync(Ct));

        bool[] second = await Task.WhenAll(Enumerable.Range(1, 6).Select(v => Task.Run(() => PromoteAsync(v, champion), Ct)));

        Assert.Single(second, true);
        IReadOnlyList<PromotionRow> rows = await Promotions.ListAsync(Ct);
        Assert.Equal([1, 2], rows.Select(r => r.PromotionId));
        Assert.Equal([null, (int?)champion], rows.Select(r => r.Replaces));
        Assert.Equal(rows[1].ModelVersion, await Models.FindChampionAsync(Ct));
        AuditVerdict audit = await Get<AuditLog>().VerifyAsync(null, Ct);
        Assert.Equal((8, null), (audit.Entries, audit.Problem));
    }

    [Fact]
    public async Task PromoteAsync_TheChampionItself_ChangesNothing()
    {
        await AddVersionsAsync(1);
        Assert.True(await PromoteAsync(1, null));
        Assert.False(await PromoteAsync(1, 1));
        Assert.Single(await Promotions.ListAsync(Ct));
    }

    [Fact]
    public async Task RollBackAsync_AgainAndAgain_GoesBackThroughWhatWasReplaced()
    {
        await AddVersionsAsync(3);
        Assert.Null(await Promotions.RollBackAsync(null, "Ada", "nothing there", Ct));
        await PromoteAsync(1, null);
        Assert.Null(await Promotions.RollBackAsync(null, "Ada", "none before", Ct));
        await PromoteAsync(2, 1);
        await PromoteAsync(3, 2);

        Assert.Equal(2, await Promotions.RollBackAsync(null, "Ada", "worse", Ct));
        Assert.Equal(1, await Promotions.RollBackAsync(null, "Ada", "still worse", Ct));
        Assert.Null(await Promotions.RollBackAsync(null, "Ada", "none before", Ct));

        Assert.Equal(1, await Models.FindChampionAsync(Ct));
        Assert.Equal(["test", "test", "test", "rollback", "rollback"], (await Promotions.ListAsync(Ct)).Select(p => p.Kind));
        Assert.Equal(("Ada", "rollback", "model 1", "still worse"), (await Get<AuditLog>().ListAsync(1, Ct)).Select(a => (a.Actor, a.Action, a.Subject, a.Reason)).Single());
    }

    [Fact]
    public async Task RollBackAsync_ToAVersionThatWasNeverChampion_IsRefused()
    {
        await AddVersionsAsync(3);
        await PromoteAsync(1, null);
        await PromoteAsync(2, 1);
        Assert.Null(await Promotions.RollBackAsync(3, "Ada", "never", Ct));
        Assert.Null(await Promotions.RollBackAsync(2, "Ada", "is it", Ct));
        Assert.Equal(1, await Promotions.RollBackAsync(1, "Ada", "back", Ct));
    }

    [Fact]
    public async Task MarkAnnouncedAsync_AVersion_IsNoLongerListed()
    {
        await AddVersionsAsync(2);
        await PromoteAsync(1, null);
        await PromoteAsync(2, 1);
        Assert.Equal([1, 2], (await Promotions.ListNotAnnouncedAsync(Ct)).Select(p => p.ModelVersion));
        await Promotions.MarkAnnouncedAsync(1, Ct);
        Assert.Equal([2], (await Promotions.ListNotAnnouncedAsync(Ct)).Select(p => p.ModelVersion));
    }

    [Fact]
    public async Task ApproveAsync_TwicePerPerson_CountsPeople()
    {
        await AddVersionsAsync(2);
        ComparisonRepository comparisons = Get<ComparisonRepository>();
        Assert.Equal([2], await comparisons.ListNotComparedAsync(1, "policy", Ct));
        ComparisonRow comparison = await comparisons.AddAsync(Comparison(), "text of the policy", Ct);
        Assert.Equal(comparison, await comparisons.AddAsync(Comparison() with { Verdict = "fails" }, "text of the policy", Ct));
        Assert.Equal(comparison, await comparisons.FindAsync(2, 1, "policy", Ct));
        Assert.Empty(await comparisons.ListNotComparedAsync(1, "policy", Ct));
        Assert.Equal([2], await comparisons.ListNotComparedAsync(1, "another", Ct));

        Assert.Single(await comparisons.ApproveAsync(comparison.ComparisonId, "Ada", "looks good", Ct));
        Assert.Single(await comparisons.ApproveAsync(comparison.ComparisonId, "Ada", "really", Ct));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([("Ada", "looks good"), ("Grace", "agreed")], (await comparisons.ApproveAsync(comparison.ComparisonId, "Grace", "agreed", Ct)).Select(a => (a.Approver, a.Reason)));
        Assert.Equal(["approve", "approve", "compare", "train", "train"], (await Get<AuditLog>().ListAsync(10, Ct)).Select(a => a.Action));
    }

    private static ComparisonRow Comparison() => new() { ComparisonId = 0, Challenger = 2, Champion = 1, PolicySha256 = "policy", Verdict = "holds", Comparison = "{}" };

    private Task<bool> PromoteAsync(int version, int? expected) =>
        Promotions.PromoteAsync(new() { ModelVersion = version, Kind = "test", Actor = "Ada", Reason = "better" }, expected, Ct);

    private async Task AddVersionsAsync(int count)
    {
        await Models.AddSnapshotAsync("s1", Profile, 60, 20, 6, Ct);
        for (int seed = 1; seed <= count; seed++)
            await AddVersionAsync(new() { SnapshotSha256 = "s1", Seed = seed, CodeVersion = "0.1.0", ModelSha256 = "m", Reason = "by hand", TrainingMs = 12 });
    }
}

public sealed class SqlitePromotionRepositoryTests : PromotionRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlPromotionRepositoryTests(PostgreSqlServer server) : PromotionRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
