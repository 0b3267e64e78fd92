using System.Data;
using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Audit;

/// <summary>The history of every change that a person or a rule made: rows are added, chained by their hashes, and never edited.</summary>
/// <remarks>
/// A row changed, added, moved or deleted breaks the chain; rows deleted at its end leave fewer than the head says, rows put behind it more. Rows of
/// other tables that an entry vouches for are held against it (<see cref="WitnessedTable"/>). Triggers refuse changes of all of these. Who can take the
/// triggers away and write all tables could make a new chain: against that, note the head elsewhere (<see cref="VerifyAsync"/> takes it back).
/// </remarks>
public sealed class AuditLog(DbDataSource database, TimeProvider clock)
{
    // An update that changes nothing takes the row's lock on PostgreSQL; on SQLite the transaction is the only writer anyway.
    private const string LockHead = "UPDATE audit_head SET entries = entries WHERE head_id = 1";

    private const string SelectHead = "SELECT entries, sha256 FROM audit_head WHERE head_id = 1";

    private const string Insert = """
        INSERT INTO audit (audit_id, recorded_ms, actor, action, subject, reason, detail, previous_sha256, sha256)
        VALUES (@AuditId, @RecordedMs, @Actor, @Action, @Subject, @Reason, @Detail, @PreviousSha256, @Sha256)
        """;

    private const string MoveHead = "UPDATE audit_head SET entries = @AuditId, sha256 = @Sha256 WHERE head_id = 1";

    private const string Select = "SELECT audit_id, recorded_ms, actor, action, subject, reason, detail, previous_sha256, sha256 FROM audit";

    // What lies behind the head is none of the history, and 'hcc audit verify' names it.
    private const string SelectLatest = Select + " WHERE audit_id <= (SELECT entries FROM audit_head WHERE head_id = 1) ORDER BY audit_id DESC LIMIT @Limit";

    /// <summary>Writes down a change that is stored elsewhere, or not in this database.</summary>
    public async Task AppendAsync(AuditEntry entry, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        await AppendAsync(new Unit(db, transaction, ct), entry);
        await transaction.CommitAsync(ct);
    }

    /// <returns>The latest entries, the last first.</returns>
    /// <param name="limit">So many at most.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<AuditRow>> ListAsync(int limit, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<AuditRow>(new CommandDefinition(SelectLatest, new { Limit = limit }, cancellationToken: ct))];
    }

    /// <summary>Checks every entry, that none is missing and none was put behind the last, and that the rows which entries vouch for are the stored
    /// ones, no more and no fewer.</summary>
    /// <param name="noted">An entry that was noted elsewhere, number and hash: the history must still hold it. Null to check the chain alone.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<AuditVerdict> VerifyAsync((long AuditId, string Sha256)? noted, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction moment = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);   // entries and rows of one moment
        Head? head = await db.QuerySingleOrDefaultAsync<Head>(new CommandDefinition(SelectHead, transaction: moment, cancellationToken: ct));
        if (head is null)
            return new(0, AuditChain.Origin, ["The head of the history is missing."]);
        long rows = 0;
        string previous = AuditChain.Origin;
        string? broken = null;
        List<string> behind = [];
        HistoryWitness witness = new();
        bool found = noted is null;
        await foreach (AuditRow row in db.QueryUnbufferedAsync<AuditRow>(Select + " ORDER BY audit_id", transaction: moment).WithCancellation(ct))
        {
            if (row.AuditId > head.Entries)
            {
                behind.Add($"Entry {row.AuditId} lies behind the last that was written, {head.Entries}: it was put there past the history.");
                continue;
            }
            broken ??= AuditChain.Problem(row, rows + 1, previous);
            if (broken is null)
                witness.Hear(row);
            found |= row.AuditId == noted?.AuditId && row.Sha256 == noted?.Sha256;
            previous = row.Sha256;
            rows++;
        }
        broken ??= rows < head.Entries ? $"{head.Entries - rows} of {head.Entries} entries are missing at the end." : null;
        broken ??= previous != head.Sha256 ? "The last entry is not the one that was written last." : null;
        broken ??= found ? null : $"Entry {noted!.Value.AuditId} is not the one that was noted: the history was written anew.";
        if (broken is not null)
            return new(rows, head.Sha256, [broken, .. behind]);   // what a broken history says of other tables proves nothing
        foreach (WitnessedTable table in WitnessedTable.All)
        {
            await foreach ((string row, string sha256) in table.HashAsync(db, moment, ct))
                witness.See(row, sha256);
        }
        return new(rows, head.Sha256, [.. behind, .. witness.Conclude()]);
    }

    /// <summary>Makes the caller's transaction the only one that changes what is audited, until it ends.</summary>
    internal static Task HoldAsync(Unit unit) => unit.ExecuteAsync(LockHead, new { });

    /// <summary>Writes down a change in its own transaction: both are stored or neither. Last before the commit, unless the head is held from the
    /// beginning (<see cref="HoldAsync"/>): everyone who changes anything waits for it.</summary>
    internal async Task AppendAsync(Unit unit, AuditEntry entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Actor) || string.IsNullOrWhiteSpace(entry.Reason))
            throw new ArgumentException("A change needs somebody who made it and a reason.", nameof(entry));
        await HoldAsync(unit);
        Head head = (await unit.QueryAsync<Head>(SelectHead, new { })).Single();
        AuditRow row = new()
        {
            AuditId = head.Entries + 1,
            RecordedMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Actor = entry.Actor,
            Action = entry.Action,
            Subject = entry.Subject,
            Reason = entry.Reason,
            Detail = AuditChain.Write(entry.Detail),
            PreviousSha256 = head.Sha256,
            Sha256 = "",
        };
        row = row with { Sha256 = AuditChain.Hash(row) };
        await unit.ExecuteAsync(Insert, row);
        await unit.ExecuteAsync(MoveHead, row);
    }

    private sealed record Head
    {
        public required long Entries { get; init; }
        public required string Sha256 { get; init; }
    }
}
