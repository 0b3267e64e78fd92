using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>Decides which of the waiting bricks are requested next: fairness and back-pressure in one. A planner far ahead only fills the table.</summary>
public sealed class ReleaseRepository(DbDataSource database, TimeProvider clock)
{
    private static readonly RunPriority[] Priorities = [RunPriority.Interactive, RunPriority.Batch];

    private const string SelectInFlight = """
        SELECT r.priority, COUNT(*) FROM brick b JOIN extraction_run r ON r.run_id = b.run_id WHERE b.state = 'pending' GROUP BY r.priority
        """;

    private const string AnyWaiting = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM brick WHERE state = 'waiting' LIMIT 1) w";

    // Holding this row makes releasers take turns: the second counts what the first has put in flight.
    private const string LockGate = "UPDATE release_gate SET released_ms = @NowMs WHERE gate = 1";

    private const string SelectOpenRuns = """
        SELECT r.run_id, r.superseded, r.trace_parent,
               (SELECT COUNT(*) FROM brick b WHERE b.state = 'pending' AND b.run_id = r.run_id) AS in_flight,
               (SELECT COUNT(*) FROM (SELECT 1 AS one FROM brick b WHERE b.state = 'waiting' AND b.run_id = r.run_id LIMIT @Limit) w) AS waiting
        FROM extraction_run r
        WHERE r.completed_ms IS NULL AND r.priority = @Priority
        ORDER BY r.superseded, r.planned_ms, r.run_id
        """;

    private const string Request = """
        UPDATE brick SET state = 'pending', requested_ms = @NowMs
        WHERE state = 'waiting' AND run_id = @RunId AND brick_index IN (
            SELECT brick_index FROM brick WHERE state = 'waiting' AND run_id = @RunId ORDER BY brick_index LIMIT @Count)
        RETURNING brick_index
        """;

    private const string TakeBack =
        "UPDATE brick SET state = 'waiting', requested_ms = NULL WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'pending' AND started_ms IS NULL";

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Marks waiting bricks as requested, up to a number in flight for each priority, and returns them in the order in which they
    /// are to be requested: interactive runs first, then each time the run with fewest bricks in flight, then as planned.</summary>
    /// <param name="limit">Most bricks in flight of one priority.</param>
    /// <param name="below">Nothing is done for a priority that has so many in flight or more.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<ReleasedBrick>> ReleaseAsync(int limit, int below, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        // Asked after every brick, so the common answers, nothing waits or enough is in flight, come without a lock.
        if (await db.ExecuteScalarAsync<int>(new CommandDefinition(AnyWaiting, cancellationToken: ct)) == 0)
            return [];
        if ((await DueAsync(db, null, limit, below, ct)).Count == 0)
            return [];
        await using DbTransaction tx = await db.BeginTransactionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(LockGate, new { NowMs }, tx, cancellationToken: ct));
        List<ReleasedBrick> released = [];
        foreach ((RunPriority priority, int free) in await DueAsync(db, tx, limit, below, ct))
            await ReleaseAsync(db, tx, priority, free, released, ct);
        await tx.CommitAsync(ct);
        return released;
    }

    /// <summary>Lets a brick wait again that could not be requested after all.</summary>
    public async Task TakeBackAsync(IEnumerable<BrickKey> bricks, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(TakeBack, bricks.Select(k => new { k.RunId, k.BrickIndex }), cancellationToken: ct));
    }

    private static async Task<IReadOnlyList<(RunPriority Priority, int Free)>> DueAsync(DbConnection db, DbTransaction? tx, int limit, int below, CancellationToken ct)
    {
        var inFlight = (await db.QueryAsync<(long Priority, long Count)>(new CommandDefinition(SelectInFlight, transaction: tx, cancellationToken: ct)))
            .ToDictionary(p => (RunPriority)p.Priority, p => (int)p.Count);
        return [.. Priorities.Select(p => (p, inFlight.GetValueOrDefault(p))).Where(p => p.Item2 < Math.Min(limit, below)).Select(p => (p.p, limit - p.Item2))];
    }

    private async Task ReleaseAsync(DbConnection db, DbTransaction tx, RunPriority priority, int free, List<ReleasedBrick> released, CancellationToken ct)
    {
        OpenRun[] runs = [.. await db.QueryAsync<OpenRun>(new CommandDefinition(SelectOpenRuns, new { Priority = (int)priority, Limit = free }, tx, cancellationToken: ct))];
        IReadOnlyList<int> turns = FairTurns.Of([.. runs.Select(r => new RunInTurn(r.Superseded != 0, (int)r.InFlight, (int)r.Waiting))], free);
        Dictionary<int, Queue<long>> bricks = [];
        foreach ((int run, int count) in turns.CountBy(run => run))
        {
            var args = new { runs[run].RunId, Count = count, NowMs };
            bricks[run] = new((await db.QueryAsync<long>(new CommandDefinition(Request, args, tx, cancellationToken: ct))).Order());
        }
        foreach (int run in turns)
        {
            if (bricks[run].TryDequeue(out long index))
                released.Add(new(new(runs[run].RunId, (int)index), priority, runs[run].TraceParent));
        }
    }

    private sealed record OpenRun
    {
        public required string RunId { get; init; }
        public required long Superseded { get; init; }
        public string? TraceParent { get; init; }
        public required long InFlight { get; init; }
        public required long Waiting { get; init; }
    }
}

/// <summary>A brick to be requested on the bus.</summary>
/// <param name="Key">The brick.</param>
/// <param name="Priority">Of its run: which queue it goes to.</param>
/// <param name="TraceParent">Trace that its request continues; null where nobody traced.</param>
public sealed record ReleasedBrick(BrickKey Key, RunPriority Priority, string? TraceParent);
