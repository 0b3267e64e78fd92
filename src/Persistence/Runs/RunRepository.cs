using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>Runs, their bricks and the values they gave. Every write can be repeated without a change.</summary>
public sealed class RunRepository(DbDataSource database, TimeProvider clock)
{
    private const string InsertRun = """
        INSERT INTO extraction_run (run_id, study_uid, study_content_sha256, profile_sha256, expected_bricks, planned_ms)
        VALUES (@RunId, @StudyUid, @StudyContentSha256, @ProfileSha256, @ExpectedBricks, @NowMs)
        ON CONFLICT (run_id) DO NOTHING
        """;

    private const string SupersedeOthers = """
        UPDATE extraction_run SET superseded = CASE WHEN run_id = @RunId THEN 0 ELSE 1 END
        WHERE study_uid = @StudyUid AND profile_sha256 = @ProfileSha256
        """;

    private const string InsertBrick = """
        INSERT INTO brick (run_id, brick_index, work, state, requested_ms)
        VALUES (@RunId, @BrickIndex, @Work, 'pending', @NowMs)
        ON CONFLICT (run_id, brick_index) DO NOTHING
        """;

    private const string SelectBrick = """
        SELECT b.work, b.state, r.profile_sha256
        FROM brick b JOIN extraction_run r ON r.run_id = b.run_id
        WHERE b.run_id = @RunId AND b.brick_index = @BrickIndex
        """;

    private const string FinishBrick = """
        UPDATE brick SET state = @State, detail = @Detail, worker = @Worker, finished_ms = @NowMs
        WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'pending'
        """;

    private const string InsertValue = """
        INSERT INTO feature_value (run_id, name, value, brick_index)
        VALUES (@RunId, @Name, @Value, @BrickIndex)
        ON CONFLICT (run_id, name) DO NOTHING
        """;

    private const string CloseRun = """
        UPDATE extraction_run SET completed_ms = @NowMs
        WHERE run_id = @RunId AND completed_ms IS NULL
          AND NOT EXISTS (SELECT 1 FROM brick b WHERE b.run_id = @RunId AND b.state = 'pending')
        """;

    private const string SelectCompleted = """
        SELECT r.run_id, r.study_uid, r.profile_sha256, s.pseudonym
        FROM extraction_run r JOIN study s ON s.study_uid = r.study_uid
        WHERE r.completed_ms IS NOT NULL
        """;

    private const string MarkAnnounced =
        "UPDATE extraction_run SET announced_ms = @NowMs WHERE run_id = @RunId AND announced_ms IS NULL";

    // A long queue is no loss: a brick is taken as lost when nothing has been finished of late, or when one that was requested after it
    // was finished long ago.
    private const string SelectStale = """
        SELECT run_id, brick_index FROM brick
        WHERE state = 'pending' AND requested_ms <= @Before
          AND (NOT EXISTS (SELECT 1 FROM brick WHERE finished_ms > @Before)
               OR requested_ms < (SELECT MAX(requested_ms) FROM brick WHERE finished_ms <= @Before))
        ORDER BY requested_ms, run_id, brick_index
        """;

    private const string TouchStale =
        "UPDATE brick SET requested_ms = @NowMs WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'pending'";

    private const string SelectUnplanned = """
        SELECT s.study_uid FROM study s
        WHERE s.state = 'ready' AND s.announced_ms <= @Before AND NOT EXISTS (
            SELECT 1 FROM extraction_run r
            WHERE r.study_uid = s.study_uid AND r.study_content_sha256 = s.content_sha256 AND r.profile_sha256 = @ProfileSha256)
        """;

    private const string SelectOpenWithoutPending = """
        SELECT r.run_id FROM extraction_run r
        WHERE r.completed_ms IS NULL AND NOT EXISTS (SELECT 1 FROM brick b WHERE b.run_id = r.run_id AND b.state = 'pending')
        """;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Stores a run with its bricks in one transaction, and marks earlier runs of the study under the profile as superseded.</summary>
    public async Task PlanAsync(RunPlan plan, CancellationToken ct)
    {
        long now = NowMs;
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction tx = await db.BeginTransactionAsync(ct);
        var run = new { plan.RunId, plan.StudyUid, plan.StudyContentSha256, plan.ProfileSha256, ExpectedBricks = plan.BrickWork.Count, NowMs = now };
        await db.ExecuteAsync(new CommandDefinition(InsertRun, run, tx, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition(SupersedeOthers, run, tx, cancellationToken: ct));
        var bricks = plan.BrickWork.Select((work, i) => new { plan.RunId, BrickIndex = i, Work = work, NowMs = now });
        await db.ExecuteAsync(new CommandDefinition(InsertBrick, bricks, tx, cancellationToken: ct));
        await tx.CommitAsync(ct);
    }

    /// <returns>The brick, or null when there is none with this key.</returns>
    public async Task<BrickRow?> FindBrickAsync(BrickKey key, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<BrickRow>(new CommandDefinition(SelectBrick, key, cancellationToken: ct));
    }

    /// <summary>Stores the values of a brick and closes it, in one transaction; a brick that has an outcome keeps it.</summary>
    public Task CompleteBrickAsync(BrickKey key, IReadOnlyCollection<KeyValuePair<string, double>> values, string worker, CancellationToken ct) =>
        FinishBrickAsync(key, "done", null, values, worker, ct);

    /// <summary>Closes a brick that can give no values, with the reason.</summary>
    public Task RejectBrickAsync(BrickKey key, string reason, string worker, CancellationToken ct) =>
        FinishBrickAsync(key, "rejected", reason, [], worker, ct);

    private async Task FinishBrickAsync(
        BrickKey key, string state, string? detail, IReadOnlyCollection<KeyValuePair<string, double>> values, string worker, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction tx = await db.BeginTransactionAsync(ct);
        var args = new { key.RunId, key.BrickIndex, State = state, Detail = detail, Worker = worker, NowMs };
        if (await db.ExecuteAsync(new CommandDefinition(FinishBrick, args, tx, cancellationToken: ct)) == 0)
            return;   // another delivery was first: its values stand
        var rows = values.Select(v => new { key.RunId, key.BrickIndex, Name = v.Key, v.Value });
        await db.ExecuteAsync(new CommandDefinition(InsertValue, rows, tx, cancellationToken: ct));
        await tx.CommitAsync(ct);
    }

    /// <summary>Closes the run if no brick is pending.</summary>
    /// <returns>The run when it is closed (now or before); null while bricks are pending. Several callers may get it: announce it again.</returns>
    public async Task<CompletedRun?> TryCompleteAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        // A statement of its own after the brick's transaction has committed: the last committer sees every brick.
        await db.ExecuteAsync(new CommandDefinition(CloseRun, new { RunId = runId, NowMs }, cancellationToken: ct));
        return await db.QuerySingleOrDefaultAsync<CompletedRun>(
            new CommandDefinition(SelectCompleted + " AND r.run_id = @RunId", new { RunId = runId }, cancellationToken: ct));
    }

    /// <summary>Records that <c>FeaturesExtracted</c> is out.</summary>
    public async Task MarkAnnouncedAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(MarkAnnounced, new { RunId = runId, NowMs }, cancellationToken: ct));
    }

    /// <summary>Closed runs that were never announced.</summary>
    public async Task<IReadOnlyList<CompletedRun>> ListNotAnnouncedAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<CompletedRun>(new CommandDefinition(SelectCompleted + " AND r.announced_ms IS NULL", cancellationToken: ct))];
    }

    /// <summary>Runs without a pending brick that nobody closed: the process died between the last brick and the close.</summary>
    public async Task<IReadOnlyList<string>> ListUnclosedAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<string>(new CommandDefinition(SelectOpenWithoutPending, cancellationToken: ct))];
    }

    /// <summary>Takes bricks that were requested before an instant and have no outcome though others had the time to get one, and counts
    /// them as requested now.</summary>
    public async Task<IReadOnlyList<BrickKey>> TakeStaleBricksAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { Before = before.ToUnixTimeMilliseconds() };
        var stale = await db.QueryAsync<(string RunId, long BrickIndex)>(new CommandDefinition(SelectStale, args, cancellationToken: ct));
        BrickKey[] keys = [.. stale.Select(s => new BrickKey(s.RunId, (int)s.BrickIndex))];
        var touches = keys.Select(k => new { k.RunId, k.BrickIndex, NowMs });
        await db.ExecuteAsync(new CommandDefinition(TouchStale, touches, cancellationToken: ct));
        return keys;
    }

    /// <summary>Ready studies, announced before an instant, whose present content has no run under the profile.</summary>
    public async Task<IReadOnlyList<string>> ListUnplannedStudiesAsync(string profileSha256, DateTimeOffset before, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { ProfileSha256 = profileSha256, Before = before.ToUnixTimeMilliseconds() };
        return [.. await db.QueryAsync<string>(new CommandDefinition(SelectUnplanned, args, cancellationToken: ct))];
    }
}
