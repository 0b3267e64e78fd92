using System.Data.Common;
using System.Globalization;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Models;

/// <summary>Comparisons of versions with the champion, the policies they were judged by, and who approved.</summary>
public sealed class ComparisonRepository(DbDataSource database, TimeProvider clock, AuditLog audit)
{
    private const string Select = "SELECT comparison_id, challenger, champion, policy_sha256, verdict, comparison, compared_ms FROM model_comparison";

    private const string SelectSame = Select + " WHERE challenger = @Challenger AND champion = @Champion AND policy_sha256 = @PolicySha256";

    private const string Insert = """
        INSERT INTO model_comparison (comparison_id, challenger, champion, policy_sha256, verdict, comparison, compared_ms)
        SELECT COALESCE(MAX(comparison_id), 0) + 1, @Challenger, @Champion, @PolicySha256, @Verdict, @Comparison, @NowMs FROM model_comparison
        HAVING NOT EXISTS (SELECT 1 FROM model_comparison WHERE challenger = @Challenger AND champion = @Champion AND policy_sha256 = @PolicySha256)
        """;

    private const string InsertPolicy =
        "INSERT INTO promotion_policy (policy_sha256, source, used_ms) VALUES (@PolicySha256, @Source, @NowMs) ON CONFLICT (policy_sha256) DO NOTHING";

    private const string InsertApproval = """
        INSERT INTO approval (comparison_id, approver, reason, approved_ms) VALUES (@ComparisonId, @Approver, @Reason, @NowMs)
        ON CONFLICT (comparison_id, approver) DO NOTHING
        """;

    // Versions stored after the champion whose fate under this policy is not known.
    private const string SelectNotCompared = """
        SELECT m.model_version FROM model_version m
        WHERE m.model_version > @Champion AND NOT EXISTS (
            SELECT 1 FROM model_comparison c WHERE c.challenger = m.model_version AND c.champion = @Champion AND c.policy_sha256 = @PolicySha256)
        ORDER BY m.model_version
        """;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Stores a comparison and the policy behind it, unless it is there.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="policySource">The policy as it was written.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The stored one.</returns>
    public async Task<ComparisonRow> AddAsync(ComparisonRow comparison, string policySource, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);   // numbers follow one another
        bool isNewPolicy = await unit.ExecuteAsync(InsertPolicy, new { comparison.PolicySha256, Source = policySource, NowMs }) > 0;
        bool isNew = await unit.ExecuteAsync(Insert, new
        {
            comparison.Challenger, comparison.Champion, comparison.PolicySha256, comparison.Verdict, comparison.Comparison, NowMs,
        }) > 0;
        ComparisonRow stored = (await unit.QueryAsync<ComparisonRow>(SelectSame, new { comparison.Challenger, comparison.Champion, comparison.PolicySha256 })).Single();
        if (isNew)
        {
            Dictionary<string, string> detail = new(StringComparer.Ordinal)
            {
                ["champion"] = Text(stored.Champion), ["comparison"] = Text(stored.ComparisonId), ["policy"] = stored.PolicySha256,
            };
            await WitnessedTable.Comparisons.VouchAsync(unit, detail, "comparison_id = @ComparisonId", new { stored.ComparisonId });
            if (isNewPolicy)
                await WitnessedTable.Policies.VouchAsync(unit, detail, "policy_sha256 = @PolicySha256", new { stored.PolicySha256 });
            await audit.AppendAsync(unit, new(AuditEntry.Automatic, "compare", $"model {stored.Challenger}", $"verdict: {stored.Verdict}", detail));
        }
        await transaction.CommitAsync(ct);
        return stored;
    }

    /// <returns>The comparison of two versions under a policy, or null.</returns>
    public async Task<ComparisonRow?> FindAsync(int challenger, int champion, string policySha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<ComparisonRow>(new CommandDefinition(
            SelectSame, new { Challenger = challenger, Champion = champion, PolicySha256 = policySha256 }, cancellationToken: ct));
    }

    /// <returns>All comparisons, oldest first.</returns>
    public async Task<IReadOnlyList<ComparisonRow>> ListAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<ComparisonRow>(new CommandDefinition(Select + " ORDER BY comparison_id", cancellationToken: ct))];
    }

    /// <returns>Versions later than the champion that were not compared with it under a policy, oldest first.</returns>
    public async Task<IReadOnlyList<int>> ListNotComparedAsync(int champion, string policySha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. (await db.QueryAsync<long>(new CommandDefinition(
            SelectNotCompared, new { Champion = champion, PolicySha256 = policySha256 }, cancellationToken: ct))).Select(v => (int)v)];
    }

    /// <summary>Notes that somebody approves; a second approval of the same person changes nothing.</summary>
    /// <returns>All who approved by now.</returns>
    public async Task<IReadOnlyList<ApprovalRow>> ApproveAsync(long comparisonId, string approver, string reason, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);
        if (await unit.ExecuteAsync(InsertApproval, new { ComparisonId = comparisonId, Approver = approver, Reason = reason, NowMs }) > 0)
        {
            int challenger = (int)await unit.ScalarAsync<long>("SELECT challenger FROM model_comparison WHERE comparison_id = @ComparisonId", new { ComparisonId = comparisonId });
            Dictionary<string, string> detail = new(StringComparer.Ordinal) { ["comparison"] = Text(comparisonId) };
            await WitnessedTable.Approvals.VouchAsync(unit, detail, "comparison_id = @ComparisonId AND approver = @Approver", new { ComparisonId = comparisonId, Approver = approver });
            await audit.AppendAsync(unit, new(approver, "approve", $"model {challenger}", reason, detail));
        }
        await transaction.CommitAsync(ct);
        return await ListApprovalsAsync(comparisonId, ct);
    }

    /// <returns>Who approved a comparison, first first.</returns>
    public async Task<IReadOnlyList<ApprovalRow>> ListApprovalsAsync(long comparisonId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<ApprovalRow>(new CommandDefinition(
            "SELECT comparison_id, approver, reason, approved_ms FROM approval WHERE comparison_id = @ComparisonId ORDER BY approved_ms, approver",
            new { ComparisonId = comparisonId }, cancellationToken: ct))];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
