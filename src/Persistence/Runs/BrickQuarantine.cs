using System.Data.Common;
using System.Globalization;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Runs;

/// <summary>Bricks in quarantine, and the two ways out: back to work, or given up. Either is a line of the history.</summary>
public sealed class BrickQuarantine(DbDataSource database, AuditLog audit, TimeProvider clock)
{
    private const string SelectQuarantined = """
        SELECT b.run_id, b.brick_index, b.kind, b.detail, r.study_uid
        FROM brick b JOIN extraction_run r ON r.run_id = b.run_id
        WHERE b.state = 'quarantined' ORDER BY r.planned_ms, b.run_id, b.brick_index
        """;

    // Requested anew, it is counted anew; its old reason stays until there is another outcome.
    private const string PutBack = """
        UPDATE brick SET state = 'waiting', failures = 0, starts = 0, requested_ms = NULL, started_ms = NULL, finished_ms = NULL
        WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'quarantined'
        """;

    private const string GiveUp = """
        UPDATE brick SET state = 'rejected', detail = @Detail, finished_ms = @NowMs
        WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'quarantined'
        """;

    /// <summary>Every brick in quarantine, in the order of planning.</summary>
    public async Task<IReadOnlyList<QuarantinedBrick>> ListAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. (await db.QueryAsync<Row>(new CommandDefinition(SelectQuarantined, cancellationToken: ct)))
            .Select(r => new QuarantinedBrick(new(r.RunId, (int)r.BrickIndex), r.Kind, r.Detail ?? "", r.StudyUid))];
    }

    /// <summary>Lets bricks wait to be released again, as if they had never failed.</summary>
    /// <param name="run">Key of their run or its beginning; null for every run.</param>
    /// <param name="brickIndex">Index in the run; null for every brick.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What was put back.</returns>
    public Task<IReadOnlyList<QuarantinedBrick>> RetryAsync(string? run, int? brickIndex, string actor, CancellationToken ct) =>
        LetOutAsync(PutBack, run, brickIndex, new(actor, "retry", "", "put back to work"), ct);

    /// <summary>Gives bricks up: they count as rejected, their runs go on with what the others give.</summary>
    /// <param name="run">Key of their run or its beginning.</param>
    /// <param name="brickIndex">Index in the run; null for every brick.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What was given up; their runs may be complete now.</returns>
    public Task<IReadOnlyList<QuarantinedBrick>> DismissAsync(string run, int? brickIndex, string actor, string reason, CancellationToken ct) =>
        LetOutAsync(GiveUp, run, brickIndex, new(actor, "dismiss", "", reason), ct);

    private async Task<IReadOnlyList<QuarantinedBrick>> LetOutAsync(string sql, string? run, int? brickIndex, AuditEntry entry, CancellationToken ct)
    {
        IEnumerable<QuarantinedBrick> wanted = (await ListAsync(ct)).Where(b =>
            (run is null || b.Key.RunId.StartsWith(run, StringComparison.Ordinal)) && (brickIndex is null || b.Key.BrickIndex == brickIndex));
        List<QuarantinedBrick> changed = [];
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using (DbTransaction transaction = await db.BeginTransactionAsync(ct))
        {
            Unit unit = new(db, transaction, ct);
            long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (QuarantinedBrick brick in wanted)
            {
                var args = new { brick.Key.RunId, brick.Key.BrickIndex, Detail = $"dismissed by {entry.Actor}: {entry.Reason} (it had failed: {brick.Reason})", NowMs = nowMs };
                if (await unit.ExecuteAsync(sql, args) > 0)   // else somebody else was first
                    changed.Add(brick);
            }
            foreach (IGrouping<string, QuarantinedBrick> ofRun in changed.GroupBy(b => b.Key.RunId))
                await audit.AppendAsync(unit, entry with { Subject = $"run {ofRun.Key}", Detail = Describe(ofRun) });
            await transaction.CommitAsync(ct);
        }
        // A statement of its own, as when a brick ends: a brick given up may have been the last that others waited for.
        foreach (string runId in changed.Select(b => b.Key.RunId).Distinct())
            await db.ExecuteAsync(new CommandDefinition(BrickRepository.Unblock, new { RunId = runId }, cancellationToken: ct));
        return changed;
    }

    private static Dictionary<string, string> Describe(IEnumerable<QuarantinedBrick> bricks) => new(StringComparer.Ordinal)
    {
        ["bricks"] = string.Join(' ', bricks.Select(b => b.Key.BrickIndex.ToString(CultureInfo.InvariantCulture))),
    };

    private sealed record Row
    {
        public required string RunId { get; init; }
        public required long BrickIndex { get; init; }
        public required string Kind { get; init; }
        public string? Detail { get; init; }
        public string? StudyUid { get; init; }
    }
}

/// <summary>A brick in quarantine, or that was.</summary>
/// <param name="Key">The brick.</param>
/// <param name="Kind">One of <see cref="BrickKinds"/>.</param>
/// <param name="Reason">Why it was given up.</param>
/// <param name="StudyUid">Study Instance UID, de-identified; null for a run that belongs to no study.</param>
public sealed record QuarantinedBrick(BrickKey Key, string Kind, string Reason, string? StudyUid);
