using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Workers;

namespace HccPipeline.Persistence.Runs;

/// <summary>Finds work that was recorded and never announced, or lost with a process.</summary>
public sealed class RunSweepRepository(DbDataSource database, TimeProvider clock)
{
    // A long queue is no loss: a brick is taken as lost when nothing has been finished of late, or when one of the same priority that was
    // requested after it was finished long ago.
    private const string CountFinishedLately = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM brick WHERE finished_ms > @Before LIMIT 1) w";

    private const string SelectLatestFinished = """
        SELECT r.priority, MAX(b.requested_ms) FROM brick b JOIN extraction_run r ON r.run_id = b.run_id
        WHERE b.finished_ms <= @Before AND b.finished_ms > @Before - 3600000 AND b.requested_ms IS NOT NULL
        GROUP BY r.priority
        """;

    private const string SelectOld = """
        SELECT b.run_id, b.brick_index, b.requested_ms, r.priority, r.trace_parent FROM brick b JOIN extraction_run r ON r.run_id = b.run_id
        WHERE b.state = 'pending' AND b.requested_ms <= @Before
          AND (b.started_ms IS NULL OR NOT EXISTS (SELECT 1 FROM worker w WHERE w.worker_id = b.worker AND w.seen_ms > @SeenSince))
        ORDER BY b.requested_ms, b.run_id, b.brick_index
        """;

    private const string TouchStale =
        "UPDATE brick SET requested_ms = @NowMs WHERE run_id = @RunId AND brick_index = @BrickIndex AND state = 'pending'";

    private const string SelectUnplanned = """
        SELECT s.study_uid FROM study s
        WHERE s.state = 'ready' AND s.announced_ms <= @Before AND NOT EXISTS (
            SELECT 1 FROM extraction_run r
            WHERE r.study_uid = s.study_uid AND r.study_content_sha256 = s.content_sha256 AND r.profile_sha256 = @ProfileSha256)
        """;

    private const string SelectUnclosed = """
        SELECT r.run_id FROM extraction_run r
        WHERE r.completed_ms IS NULL AND NOT EXISTS (
            SELECT 1 FROM brick b WHERE b.run_id = r.run_id AND b.state IN ('waiting', 'pending', 'blocked', 'quarantined'))
        """;

    private const string CountOpen = """
        SELECT kind, state, COUNT(*) FROM brick WHERE state IN ('waiting', 'pending', 'blocked', 'quarantined') GROUP BY kind, state
        """;

    private const string SelectBlocked = "SELECT DISTINCT run_id FROM brick WHERE state = 'blocked'";

    /// <summary>Bricks without an outcome, by kind and state.</summary>
    public async Task<IReadOnlyList<(string Kind, string State, long Count)>> CountOpenAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<(string, string, long)>(new CommandDefinition(CountOpen, cancellationToken: ct))];
    }

    /// <summary>Closed runs of studies that were never announced.</summary>
    public async Task<IReadOnlyList<CompletedRun>> ListNotAnnouncedAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<CompletedRun>(new CommandDefinition(RunRepository.SelectCompleted + " AND r.announced_ms IS NULL", cancellationToken: ct))];
    }

    /// <summary>Runs without an open brick that nobody closed: the process died between the last brick and the close.</summary>
    public async Task<IReadOnlyList<string>> ListUnclosedAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<string>(new CommandDefinition(SelectUnclosed, cancellationToken: ct))];
    }

    /// <summary>Lets bricks wait to be released whose siblings are all done and whom nobody unblocked: the process died in between.</summary>
    /// <returns>How many.</returns>
    public async Task<int> UnblockAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        int found = 0;
        foreach (string runId in await db.QueryAsync<string>(new CommandDefinition(SelectBlocked, cancellationToken: ct)))
            found += await db.ExecuteAsync(new CommandDefinition(BrickRepository.Unblock, new { RunId = runId }, cancellationToken: ct));
        return found;
    }

    /// <summary>Takes bricks that were requested before an instant and have no outcome though others had the time to get one, and counts
    /// them as requested now.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="evenInWork">Also those that a worker who is alive has begun: for who knows that all that was requested is lost.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<ReleasedBrick>> TakeStaleAsync(DateTimeOffset before, bool evenInWork, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        long seenSince = evenInWork ? long.MaxValue : (clock.GetUtcNow() - WorkerRepository.Patience).ToUnixTimeMilliseconds();
        var args = new { Before = before.ToUnixTimeMilliseconds(), SeenSince = seenSince };
        var old = (await db.QueryAsync<OldBrick>(new CommandDefinition(SelectOld, args, cancellationToken: ct))).AsList();
        if (old.Count == 0)
            return [];
        if (await db.ExecuteScalarAsync<int>(new CommandDefinition(CountFinishedLately, args, cancellationToken: ct)) > 0)
        {
            var passedBy = (await db.QueryAsync<(long Priority, long RequestedMs)>(new CommandDefinition(SelectLatestFinished, args, cancellationToken: ct)))
                .ToDictionary(p => p.Priority, p => p.RequestedMs);
            old.RemoveAll(b => b.RequestedMs >= passedBy.GetValueOrDefault(b.Priority));
        }
        var touches = old.Select(b => new { b.RunId, b.BrickIndex, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        await db.ExecuteAsync(new CommandDefinition(TouchStale, touches, cancellationToken: ct));
        return [.. old.Select(b => new ReleasedBrick(new(b.RunId, (int)b.BrickIndex), (RunPriority)b.Priority, b.TraceParent))];
    }

    /// <summary>Ready studies, announced before an instant, whose present content has no run under the profile.</summary>
    public async Task<IReadOnlyList<string>> ListUnplannedStudiesAsync(string profileSha256, DateTimeOffset before, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { ProfileSha256 = profileSha256, Before = before.ToUnixTimeMilliseconds() };
        return [.. await db.QueryAsync<string>(new CommandDefinition(SelectUnplanned, args, cancellationToken: ct))];
    }

    private sealed record OldBrick
    {
        public required string RunId { get; init; }
        public required long BrickIndex { get; init; }
        public required long RequestedMs { get; init; }
        public required long Priority { get; init; }
        public string? TraceParent { get; init; }
    }
}
