using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Audit;

namespace HccPipeline.Persistence.Registry;

/// <summary>Outcomes with their history: what the clinical table said and when, and what a person decided.</summary>
public sealed class OutcomeRepository(DbDataSource database, AuditLog audit, TimeProvider clock)
{
    private const string SelectAll = """
        SELECT revision, response, pfs_months, pfs_event, recorded_response, source, reason, recorded_ms
        FROM outcome_revision WHERE pseudonym = @Pseudonym ORDER BY revision
        """;

    // A new revision of the record, so that it is announced: whoever waits for outcomes hears of it.
    private const string SetResponse = """
        UPDATE clinical_record SET response = @Response, revision = revision + 1, announced_ms = NULL, recorded_ms = @NowMs WHERE pseudonym = @Pseudonym
        """;

    /// <summary>Stores a person's decision on the response of a patient. It stands above what the clinical table says, now and later, until
    /// the next decision.</summary>
    /// <param name="pseudonym">The patient.</param>
    /// <param name="response">CR, PR, SD or PD.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who decided.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ArgumentException">The response is none, or there is no reason or nobody who decided.</exception>
    public async Task<AdjudicationOutcome> AdjudicateAsync(string pseudonym, string response, string reason, string actor, CancellationToken ct)
    {
        if (response is not ("CR" or "PR" or "SD" or "PD"))
            throw new ArgumentException($"'{response}' is no response; it is CR, PR, SD or PD.", nameof(response));
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await unit.LockPatientAsync(pseudonym);
        if (await unit.ScalarAsync<long>("SELECT COUNT(*) FROM clinical_record WHERE pseudonym = @Pseudonym", new { Pseudonym = pseudonym }) == 0)
            return AdjudicationOutcome.NoRecord;
        if (!await OutcomeHistory.AppendAdjudicatedAsync(unit, pseudonym, response, reason, nowMs))
            return AdjudicationOutcome.Unchanged;
        await unit.ExecuteAsync(SetResponse, new { Pseudonym = pseudonym, Response = response, NowMs = nowMs });
        await audit.AppendAsync(unit, new(actor, "adjudicate-outcome", pseudonym, reason, new Dictionary<string, string> { ["response"] = response }));
        await transaction.CommitAsync(ct);
        return AdjudicationOutcome.Stored;
    }

    /// <summary>The outcomes of a patient, oldest first; none where none was ever known.</summary>
    public async Task<IReadOnlyList<OutcomeRevision>> ListAsync(string pseudonym, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. (await db.QueryAsync<OutcomeRow>(new CommandDefinition(SelectAll, new { Pseudonym = pseudonym }, cancellationToken: ct))).Select(r => r.ToRevision())];
    }
}
