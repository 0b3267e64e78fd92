using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>Runs from plan to announcement. Every write can be repeated without a change.</summary>
public sealed class RunRepository(DbDataSource database, TimeProvider clock)
{
    internal const string SelectCompleted = """
        SELECT r.run_id, r.study_uid, r.profile_sha256, r.trace_parent, s.pseudonym
        FROM extraction_run r JOIN study s ON s.study_uid = r.study_uid
        WHERE r.completed_ms IS NOT NULL
        """;

    private const string InsertRun = """
        INSERT INTO extraction_run (run_id, kind, study_uid, study_content_sha256, profile_sha256, priority, expected_bricks, trace_parent, planned_ms)
        VALUES (@RunId, @Kind, @StudyUid, @StudyContentSha256, @ProfileSha256, @Priority, @ExpectedBricks, @TraceParent, @NowMs)
        ON CONFLICT (run_id) DO NOTHING
        """;

    private const string SupersedeOthers = """
        UPDATE extraction_run SET superseded = CASE WHEN run_id = @RunId THEN 0 ELSE 1 END
        WHERE study_uid = @StudyUid AND profile_sha256 = @ProfileSha256
        """;

    private const string CloseRun = """
        UPDATE extraction_run SET completed_ms = @NowMs
        WHERE run_id = @RunId AND completed_ms IS NULL AND NOT EXISTS (
            SELECT 1 FROM brick b WHERE b.run_id = @RunId AND b.state IN ('waiting', 'pending', 'blocked', 'quarantined'))
        """;

    private const string SelectProgress = """
        SELECT b.state, COUNT(*), CASE WHEN r.completed_ms IS NULL THEN 0 ELSE 1 END
        FROM extraction_run r JOIN brick b ON b.run_id = r.run_id WHERE r.run_id = @RunId GROUP BY b.state, r.completed_ms
        """;

    private const string MarkAnnounced =
        "UPDATE extraction_run SET announced_ms = @NowMs WHERE run_id = @RunId AND announced_ms IS NULL";

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Stores a run with its bricks in one transaction, and marks earlier runs of the study under the profile as superseded. The
    /// bricks wait to be released. A run that is there keeps the bricks that it has.</summary>
    public async Task PlanAsync(RunPlan plan, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction tx = await db.BeginTransactionAsync(ct);
        string runId = plan.RunId;
        var run = new
        {
            RunId = runId, plan.Kind, plan.StudyUid, plan.StudyContentSha256, plan.ProfileSha256, Priority = (int)plan.Priority,
            ExpectedBricks = plan.Bricks.Count, plan.TraceParent, NowMs,
        };
        bool isNew = await db.ExecuteAsync(new CommandDefinition(InsertRun, run, tx, cancellationToken: ct)) > 0;
        if (plan.StudyUid is not null)
            await db.ExecuteAsync(new CommandDefinition(SupersedeOthers, run, tx, cancellationToken: ct));
        if (isNew)   // of two planners at once the first decides: the other may have cut its bricks in another way
            await BrickRepository.InsertAsync(db, tx, plan.Bricks.Select((b, i) => (new BrickKey(runId, i), (int?)null, b)), ct);
        await tx.CommitAsync(ct);
    }

    /// <summary>Closes the run if every brick has an outcome.</summary>
    /// <returns>The run of a study when it is closed (now or before); null while bricks are open or in quarantine, and for a run without
    /// a study, which is announced to nobody. Several callers may get it: announce it again.</returns>
    public async Task<CompletedRun?> TryCompleteAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        // A statement of its own after the brick's transaction has committed: the last committer sees every brick.
        await db.ExecuteAsync(new CommandDefinition(CloseRun, new { RunId = runId, NowMs }, cancellationToken: ct));
        return await db.QuerySingleOrDefaultAsync<CompletedRun>(
            new CommandDefinition(SelectCompleted + " AND r.run_id = @RunId", new { RunId = runId }, cancellationToken: ct));
    }

    /// <summary>How far a run is, for who waits for it.</summary>
    /// <returns>Null when there is no such run.</returns>
    public async Task<RunProgress?> FindProgressAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var states = (await db.QueryAsync<(string State, long Count, long IsClosed)>(new CommandDefinition(SelectProgress, new { RunId = runId }, cancellationToken: ct))).AsList();
        return states.Count == 0 ? null : new RunProgress(
            Done: (int)states.Where(s => s.State is BrickStates.Done or BrickStates.Rejected).Sum(s => s.Count),
            InWork: (int)states.Where(s => s.State is BrickStates.Waiting or BrickStates.Pending).Sum(s => s.Count),
            Total: (int)states.Sum(s => s.Count),
            Quarantined: (int)states.Where(s => s.State == BrickStates.Quarantined).Sum(s => s.Count),
            IsClosed: states.Exists(s => s.IsClosed != 0));
    }

    /// <summary>Records that <c>FeaturesExtracted</c> is out.</summary>
    public async Task MarkAnnouncedAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(MarkAnnounced, new { RunId = runId, NowMs }, cancellationToken: ct));
    }
}
