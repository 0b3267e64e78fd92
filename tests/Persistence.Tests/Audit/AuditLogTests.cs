using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Audit;

public abstract class AuditLogTests : DatabaseTests
{
    private const int Entries = 6;

    private AuditLog Log => Get<AuditLog>();

    [Fact]
    public async Task AppendAsync_SeveralEntries_AreListedLastFirstWithWhoWhenAndWhy()
    {
        await Log.AppendAsync(new("Ada", "promote", "model 1", "first", new Dictionary<string, string> { ["b"] = "2", ["a"] = "\"ü\"" }), Ct);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Log.AppendAsync(new("Grace", "rollback", "model 1", "worse than it looked"), Ct);

        IReadOnlyList<AuditRow> rows = await Log.ListAsync(10, Ct);

        Assert.Equal([("Grace", "rollback", "{}"), ("Ada", "promote", "{\"a\":\"\\\"ü\\\"\",\"b\":\"2\"}")], rows.Select(r => (r.Actor, r.Action, r.Detail)));
        Assert.Equal(1000, rows[0].RecordedMs - rows[1].RecordedMs);
        Assert.Equal(rows[1].Sha256, rows[0].PreviousSha256);
        Assert.Single(await Log.ListAsync(1, Ct));
    }

    [Fact]
    public async Task VerifyAsync_NothingTouched_IsWhole()
    {
        AuditVerdict empty = await Log.VerifyAsync(null, Ct);
        Assert.Equal((0, new string('0', 64), null), (empty.Entries, empty.HeadSha256, empty.Problem));
        await FillAsync();
        AuditVerdict verdict = await Log.VerifyAsync(null, Ct);
        Assert.Null(verdict.Problem);
        Assert.Equal(Entries, verdict.Entries);
        Assert.Equal((await Log.ListAsync(1, Ct))[0].Sha256, verdict.HeadSha256);
    }

    [Theory]
    [InlineData("actor = 'Mallory'")]
    [InlineData("action = 'approve'")]
    [InlineData("subject = 'model 9'")]
    [InlineData("reason = 'because'")]
    [InlineData("detail = '{ }'")]
    [InlineData("recorded_ms = recorded_ms + 1")]
    [InlineData("previous_sha256 = sha256")]
    [InlineData("sha256 = previous_sha256")]
    public async Task VerifyAsync_AnyColumnOfAnyRowChanged_IsFound(string change)
    {
        await FillAsync();
        await DropTriggersAsync();
        for (int row = 1; row <= Entries; row++)
        {
            Assert.NotNull(await ProblemAfterAsync($"UPDATE audit SET {change} WHERE audit_id = {row}"));
            Assert.Null((await Log.VerifyAsync(null, Ct)).Problem);
        }
    }

    [Fact]
    public async Task VerifyAsync_AnyRowsDeleted_IsFound()
    {
        await FillAsync();
        await DropTriggersAsync();
        for (int row = 1; row <= Entries; row++)
        {
            Assert.NotNull(await ProblemAfterAsync($"DELETE FROM audit WHERE audit_id = {row}"));
            Assert.NotNull(await ProblemAfterAsync($"DELETE FROM audit WHERE audit_id >= {row}"));
            Assert.NotNull(await ProblemAfterAsync($"DELETE FROM audit WHERE audit_id <= {row}"));
            Assert.NotNull(await ProblemAfterAsync($"DELETE FROM audit WHERE audit_id = {row}; UPDATE audit SET audit_id = audit_id - 1 WHERE audit_id > {row}"));
        }
        Assert.NotNull(await ProblemAfterAsync("DELETE FROM audit_head"));
    }

    [Fact]
    public async Task VerifyAsync_ARowChangedWithItsOwnHash_IsFoundInTheNextOrInTheHead()
    {
        await FillAsync();
        await DropTriggersAsync();
        foreach (AuditRow row in await Log.ListAsync(Entries, Ct))
        {
            AuditRow forged = row with { Reason = "because" };
            Assert.NotNull(await ProblemAfterAsync($"UPDATE audit SET reason = 'because', sha256 = '{AuditChain.Hash(forged)}' WHERE audit_id = {row.AuditId}"));
        }
    }

    [Fact]
    public async Task VerifyAsync_WholeHistoryWrittenAnew_IsFoundByAnEntryThatWasNoted()
    {
        await FillAsync();
        AuditRow noted = (await Log.ListAsync(1, Ct))[0];
        await DropTriggersAsync();
        await ExecuteAsync("DELETE FROM audit");
        await ExecuteAsync("UPDATE audit_head SET entries = 0, sha256 = '" + AuditChain.Origin + "'");
        await FillAsync(reason: "other");

        Assert.Null((await Log.VerifyAsync(null, Ct)).Problem);
        Assert.Contains("written anew", (await Log.VerifyAsync((noted.AuditId, noted.Sha256), Ct)).Problem, StringComparison.Ordinal);
        AuditRow last = (await Log.ListAsync(1, Ct))[0];
        Assert.Null((await Log.VerifyAsync((last.AuditId, last.Sha256), Ct)).Problem);
    }

    [Fact]
    public async Task VerifyAsync_RowPutBehindTheHead_IsNamedAndNotListed()
    {
        await FillAsync();
        AuditRow last = (await Log.ListAsync(1, Ct))[0];
        AuditRow forged = last with { AuditId = 9999, Subject = "model 9", PreviousSha256 = last.Sha256 };
        await ExecuteAsync($"""
            INSERT INTO audit (audit_id, recorded_ms, actor, action, subject, reason, detail, previous_sha256, sha256)
            VALUES (9999, {forged.RecordedMs}, 'Ada', 'promote', 'model 9', '{forged.Reason}', '{forged.Detail}', '{last.Sha256}', '{AuditChain.Hash(forged)}')
            """);

        AuditVerdict verdict = await Log.VerifyAsync(null, Ct);

        Assert.Equal((Entries, 1), (verdict.Entries, verdict.Problems.Count));
        Assert.Contains("Entry 9999", verdict.Problem, StringComparison.Ordinal);
        Assert.Equal(last, (await Log.ListAsync(1, Ct))[0]);
    }

    [Theory]
    [InlineData("UPDATE audit SET reason = 'because'")]
    [InlineData("DELETE FROM audit WHERE audit_id = 1")]
    [InlineData("DELETE FROM audit_head")]
    [InlineData("UPDATE audit_head SET entries = 0")]
    [InlineData("UPDATE audit_head SET unsealed = 1")]
    public async Task Execute_ChangeOfTheHistory_IsRefusedByTheDatabase(string sql)
    {
        await FillAsync();
        await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(sql));
        Assert.Equal((Entries, null), ((await Log.VerifyAsync(null, Ct)).Entries, (await Log.VerifyAsync(null, Ct)).Problem));
    }

    [Fact]
    public async Task AppendAsync_ManyAtOnce_KeepTheChainWhole()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => Log.AppendAsync(new($"A{i}", "test", $"{i}", "at once"), Ct), Ct)));
        AuditVerdict verdict = await Log.VerifyAsync(null, Ct);
        Assert.Equal((24, null), (verdict.Entries, verdict.Problem));
    }

    private async Task FillAsync(string reason = "a reason")
    {
        for (int i = 1; i <= Entries; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await Log.AppendAsync(new("Ada", "promote", $"model {i}", reason), Ct);
        }
    }

    /// <summary>What is found after a change that is then taken back.</summary>
    private async Task<string?> ProblemAfterAsync(string sql)
    {
        await ExecuteAsync("CREATE TABLE kept AS SELECT * FROM audit; CREATE TABLE kept_head AS SELECT * FROM audit_head");
        await using DbConnection db = await Get<DbDataSource>().OpenConnectionAsync(Ct);
        await db.ExecuteAsync(sql);
        string? problem = (await Log.VerifyAsync(null, Ct)).Problem;
        await db.ExecuteAsync("DELETE FROM audit; DELETE FROM audit_head; INSERT INTO audit SELECT * FROM kept; INSERT INTO audit_head SELECT * FROM kept_head; DROP TABLE kept; DROP TABLE kept_head");
        return problem;
    }
}

public sealed class SqliteAuditLogTests : AuditLogTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlAuditLogTests(PostgreSqlServer server) : AuditLogTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
