using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>Bricks in work and what becomes of them. Every write can be repeated without a change; the first outcome stands.</summary>
public sealed class BrickRepository(DbDataSource database, TimeProvider clock)
{
    private const string InsertBrick = """
        INSERT INTO brick (run_id, brick_index, kind, parent_index, work, region_voxels, state)
        VALUES (@RunId, @BrickIndex, @Kind, @ParentIndex, @Work, @RegionVoxels, @State)
        ON CONFLICT (run_id, brick_index) DO NOTHING
        """;

    private const string Select = """
        SELECT b.kind, b.work, b.state, b.region_voxels, b.starts, b.requested_ms, r.profile_sha256
        FROM brick b JOIN extraction_run r ON r.run_id = b.run_id
        WHERE b.run_id = @RunId AND b.brick_index = @BrickIndex
        """;

    private const string SelectChildren = """
        SELECT brick_index, kind, work, state, detail, region_voxels, result_sha256
        FROM brick WHERE run_id = @RunId AND parent_index = @BrickIndex ORDER BY brick_index
        """;

    private const string SelectProgress = """
        SELECT CAST(COALESCE(SUM(CASE WHEN state = 'done' THEN region_voxels ELSE 0 END), 0) AS BIGINT) AS done_voxels,
               CAST(COALESCE(SUM(region_voxels), 0) AS BIGINT) AS voxels,
               CAST(COALESCE(SUM(CASE WHEN state = 'done' THEN 0 ELSE 1 END), 0) AS BIGINT) AS bricks_left,
               MIN(CASE WHEN state = 'rejected' THEN detail END) AS rejected, MIN(CASE WHEN state = 'quarantined' THEN detail END) AS quarantined
        FROM brick WHERE run_id = @RunId
        """;

    private const string SelectPlanned = """
        SELECT brick_index, kind, work, state, detail, region_voxels, result_sha256
        FROM brick WHERE run_id = @RunId AND parent_index IS NULL ORDER BY brick_index
        """;

    private const string SelectSiblings = """
        SELECT s.brick_index, s.kind, s.work, s.state, s.detail, s.region_voxels, s.result_sha256
        FROM brick b JOIN brick s ON s.run_id = b.run_id AND s.parent_index = b.parent_index
        WHERE b.run_id = @RunId AND b.brick_index = @BrickIndex ORDER BY s.brick_index
        """;

    private const string Begin = """
        UPDATE brick SET starts = starts + 1, started_ms = @NowMs, worker = @Worker
        WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'pending'
        """;

    private const string HandBack = """
        UPDATE brick SET starts = CASE WHEN starts > 0 THEN starts - 1 ELSE 0 END, started_ms = NULL, worker = NULL, detail = @Detail
        WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'pending'
        """;

    private const string Fail = """
        UPDATE brick SET failures = failures + 1, starts = 0, started_ms = NULL, worker = @Worker, detail = @Detail,
            state = CASE WHEN failures + 1 >= @Limit THEN 'quarantined' ELSE state END,
            finished_ms = CASE WHEN failures + 1 >= @Limit THEN @NowMs ELSE finished_ms END
        WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'pending'
        RETURNING state
        """;

    private const string Quarantine = """
        UPDATE brick SET state = 'quarantined', detail = @Detail, finished_ms = @NowMs
        WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'pending'
        """;

    // A brick in quarantine that another delivery brings to its end after all has an outcome.
    private const string Finish = """
        UPDATE brick SET state = @State, detail = @Detail, worker = @Worker, finished_ms = @NowMs, seconds = @Seconds, result_sha256 = @ResultSha256
        WHERE run_id = @RunId AND brick_index = @BrickIndex AND state IN ('waiting', 'pending', 'quarantined')
        """;

    private const string InsertValue = """
        INSERT INTO feature_value (run_id, name, value, brick_index)
        VALUES (@RunId, @Name, @Value, @BrickIndex)
        ON CONFLICT (run_id, name) DO NOTHING
        """;

    private const string ExpectMore = "UPDATE extraction_run SET expected_bricks = expected_bricks + @Count WHERE run_id = @RunId";

    internal const string Unblock = """
        UPDATE brick SET state = 'waiting'
        WHERE state = 'blocked' AND run_id = @RunId AND NOT EXISTS (
            SELECT 1 FROM brick s
            WHERE s.run_id = brick.run_id AND s.parent_index = brick.parent_index AND s.state IN ('waiting', 'pending', 'quarantined'))
        """;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <returns>The brick, or null when there is none with this key.</returns>
    public async Task<BrickRow?> FindAsync(BrickKey key, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<BrickRow>(new CommandDefinition(Select, key, cancellationToken: ct));
    }

    /// <summary>How far a run is, cheap enough to be asked for several times a second.</summary>
    public async Task<VoxelProgress> ReadProgressAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleAsync<VoxelProgress>(new CommandDefinition(SelectProgress, new { RunId = runId }, cancellationToken: ct));
    }

    /// <summary>The bricks that a run was planned with, in order of their index.</summary>
    public async Task<IReadOnlyList<ChildBrick>> ListAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<ChildBrick>(new CommandDefinition(SelectPlanned, new { RunId = runId }, cancellationToken: ct))];
    }

    /// <summary>The bricks that the same brick planned, in order of their index.</summary>
    public async Task<IReadOnlyList<ChildBrick>> ListSiblingsAsync(BrickKey key, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<ChildBrick>(new CommandDefinition(SelectSiblings, key, cancellationToken: ct))];
    }

    /// <summary>The bricks that a brick planned, in order of their index.</summary>
    public async Task<IReadOnlyList<ChildBrick>> ListChildrenAsync(BrickKey parent, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<ChildBrick>(new CommandDefinition(SelectChildren, parent, cancellationToken: ct))];
    }

    /// <summary>Records that a worker begins: of a brick that kills its process, nothing else is ever heard.</summary>
    /// <returns>When, ms.</returns>
    public async Task<long> BeginAsync(BrickKey key, string worker, CancellationToken ct)
    {
        long now = NowMs;
        await ExecuteAsync(Begin, new { key.RunId, key.BrickIndex, Worker = worker, NowMs = now }, ct);
        return now;
    }

    /// <summary>Takes a begin back: nothing is wrong with the brick, and it is still to be done.</summary>
    /// <param name="key">The brick.</param>
    /// <param name="reason">Why it was not done; null when the worker was asked to stop.</param>
    /// <param name="ct">Cancels.</param>
    public Task HandBackAsync(BrickKey key, string? reason, CancellationToken ct) =>
        ExecuteAsync(HandBack, new { key.RunId, key.BrickIndex, Detail = reason }, ct);

    /// <summary>Counts a failure; the last one that is allowed puts the brick into quarantine and holds its run.</summary>
    /// <returns>Whether the brick is in quarantine now.</returns>
    public async Task<bool> FailAsync(BrickKey key, string reason, int limit, string worker, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { key.RunId, key.BrickIndex, Detail = reason, Limit = limit, Worker = worker, NowMs };
        return await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(Fail, args, cancellationToken: ct)) == BrickStates.Quarantined;
    }

    /// <summary>Gives a brick up until a person puts it back, and holds its run.</summary>
    public Task QuarantineAsync(BrickKey key, string reason, CancellationToken ct) =>
        ExecuteAsync(Quarantine, new { key.RunId, key.BrickIndex, Detail = reason, NowMs }, ct);

    /// <summary>Stores what a brick gave and closes it, in one transaction; a brick that has an outcome keeps it.</summary>
    public Task CompleteAsync(BrickKey key, BrickOutcome outcome, string worker, CancellationToken ct) =>
        FinishAsync(key, BrickStates.Done, null, outcome, worker, ct);

    /// <summary>Closes a brick that can give no values, with the reason.</summary>
    public Task RejectAsync(BrickKey key, string reason, string worker, CancellationToken ct) =>
        FinishAsync(key, BrickStates.Rejected, reason, new BrickOutcome(), worker, ct);

    /// <summary>Writes bricks of a run as part of a larger transaction; those that are there stay as they are.</summary>
    internal static Task InsertAsync(
        DbConnection db, DbTransaction tx, IEnumerable<(BrickKey Key, int? ParentIndex, BrickPlan Plan)> bricks, CancellationToken ct)
    {
        var rows = bricks.Select(b => new
        {
            b.Key.RunId, b.Key.BrickIndex, b.Plan.Kind, b.ParentIndex, b.Plan.Work, b.Plan.RegionVoxels,
            State = b.Plan.StartsBlocked ? BrickStates.Blocked : BrickStates.Waiting,
        });
        return db.ExecuteAsync(new CommandDefinition(InsertBrick, rows, tx, cancellationToken: ct));
    }

    private async Task FinishAsync(BrickKey key, string state, string? detail, BrickOutcome outcome, string worker, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using (DbTransaction tx = await db.BeginTransactionAsync(ct))
        {
            var args = new { key.RunId, key.BrickIndex, State = state, Detail = detail, Worker = worker, outcome.Seconds, outcome.ResultSha256, NowMs };
            if (await db.ExecuteAsync(new CommandDefinition(Finish, args, tx, cancellationToken: ct)) == 0)
                return;   // another delivery was first: its values stand
            var values = outcome.Values.Select(v => new { key.RunId, key.BrickIndex, Name = v.Key, v.Value });
            await db.ExecuteAsync(new CommandDefinition(InsertValue, values, tx, cancellationToken: ct));
            if (outcome.Children.Count > 0)
            {
                await InsertAsync(db, tx, outcome.Children.Select((child, place) => (key.Child(place), (int?)key.BrickIndex, child)), ct);
                await db.ExecuteAsync(new CommandDefinition(ExpectMore, new { key.RunId, outcome.Children.Count }, tx, cancellationToken: ct));
            }
            await tx.CommitAsync(ct);
        }
        // A statement of its own: of two siblings that end at once, at least the last to commit sees both.
        await db.ExecuteAsync(new CommandDefinition(Unblock, new { key.RunId }, cancellationToken: ct));
    }

    private async Task ExecuteAsync(string sql, object args, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(sql, args, cancellationToken: ct));
    }
}
