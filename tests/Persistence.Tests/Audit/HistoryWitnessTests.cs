using System.Data.Common;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Audit;

/// <summary>Versions, comparisons, approvals and promotions are what the history says, or it says what is not.</summary>
public abstract class HistoryWitnessTests : DatabaseTests
{
    private AuditLog Log => Get<AuditLog>();

    [Fact]
    public async Task VerifyAsync_LifeOfTwoVersions_IsWhole()
    {
        await LiveAsync();
        await Get<PromotionRepository>().MarkAnnouncedAsync(2, Ct);   // written later, and no part of what was decided
        AuditVerdict verdict = await Log.VerifyAsync(null, Ct);
        Assert.Equal((6, null), (verdict.Entries, verdict.Problem));
    }

    [Theory]
    [InlineData("UPDATE promotion SET model_version = 2 WHERE promotion_id = 1", "promotion 1 was changed")]
    [InlineData("UPDATE promotion SET actor = 'Grace' WHERE promotion_id = 2", "promotion 2 was changed")]
    [InlineData("UPDATE model_version SET reason = 'because' WHERE model_version = 1", "model_version 1 was changed")]
    [InlineData("UPDATE model_version SET code_version = '9' WHERE model_version = 2", "model_version 2 was changed")]
    [InlineData("UPDATE model_version SET guards = '' WHERE model_version = 2", "model_version 2 was changed")]
    [InlineData("UPDATE model_comparison SET verdict = 'fails'", "model_comparison 1 was changed")]
    [InlineData("UPDATE promotion_policy SET source = 'approvals: 0'", "promotion_policy policy was changed")]
    [InlineData("UPDATE approval SET reason = 'because'", "approval 1/Ada was changed")]
    [InlineData("INSERT INTO approval (comparison_id, approver, reason, approved_ms) VALUES (1, 'Bob', 'fine', 1)", "No entry says that approval 1/Bob")]
    [InlineData("INSERT INTO promotion (promotion_id, model_version, reason, promoted_ms, kind, actor) VALUES (3, 1, 'back', 1, 'rollback', 'Ada')", "No entry says that promotion 3")]
    [InlineData("DELETE FROM approval", "approval 1/Ada is missing: entry 5")]
    [InlineData("DELETE FROM promotion WHERE promotion_id = 2", "promotion 2 is missing: entry 6")]
    public async Task VerifyAsync_RowThatAnEntryVouchesFor_IsNamedWhenItDiffers(string change, string problem)
    {
        await LiveAsync();
        if (!change.StartsWith("INSERT", StringComparison.Ordinal))
            await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(change));
        await DropTriggersAsync();
        await ExecuteAsync(change);
        Assert.StartsWith(problem, Assert.Single((await Log.VerifyAsync(null, Ct)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SealAsync_RowsFromBeforeEntriesHeldHashes_AreVouchedForOnce()
    {
        await LiveAsync();
        await DropTriggersAsync();
        // As an earlier program left it: the same rows, and a history that says nothing of them.
        await ExecuteAsync($"DELETE FROM audit; UPDATE audit_head SET entries = 0, unsealed = 1, sha256 = '{AuditChain.Origin}'");
        Assert.Equal(7, (await Log.VerifyAsync(null, Ct)).Problems.Count);

        await Get<HistorySeal>().SealAsync(Ct);
        await Get<HistorySeal>().SealAsync(Ct);

        AuditVerdict verdict = await Log.VerifyAsync(null, Ct);
        Assert.Equal((1, null), (verdict.Entries, verdict.Problem));
        await ExecuteAsync("UPDATE promotion SET model_version = 2 WHERE promotion_id = 1");
        await Get<HistorySeal>().SealAsync(Ct);
        Assert.StartsWith("promotion 1 was changed", (await Log.VerifyAsync(null, Ct)).Problem, StringComparison.Ordinal);
    }

    /// <summary>Two versions; the second is compared, approved and promoted.</summary>
    private async Task LiveAsync()
    {
        await Get<ModelRepository>().AddSnapshotAsync("s1", Profile, 60, 20, 6, Ct);
        for (int seed = 1; seed <= 2; seed++)
            await AddVersionAsync(new() { SnapshotSha256 = "s1", Seed = seed, CodeVersion = "0.1.0", ModelSha256 = "m", Reason = "by hand", TrainingMs = 12, Guards = seed == 1 ? null : "{}" });
        PromotionRepository promotions = Get<PromotionRepository>();
        await promotions.PromoteAsync(new() { ModelVersion = 1, Kind = PromotionKinds.First, Actor = AuditEntry.Automatic, Reason = "first version" }, null, Ct);
        ComparisonRow comparison = await Get<ComparisonRepository>().AddAsync(
            new() { ComparisonId = 0, Challenger = 2, Champion = 1, PolicySha256 = "policy", Verdict = "holds", Comparison = "{}" }, "approvals: 1", Ct);
        await Get<ComparisonRepository>().ApproveAsync(comparison.ComparisonId, "Ada", "fine", Ct);
        await promotions.PromoteAsync(new() { ModelVersion = 2, Kind = PromotionKinds.Approved, Actor = "Ada", Reason = "fine", ComparisonId = comparison.ComparisonId }, 1, Ct);
    }
}

public sealed class SqliteHistoryWitnessTests : HistoryWitnessTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlHistoryWitnessTests(PostgreSqlServer server) : HistoryWitnessTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
