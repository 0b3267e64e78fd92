using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Workers;

namespace HccPipeline.Persistence.Status;

/// <summary>Reads <see cref="ExtractionStatus"/>.</summary>
public sealed class ExtractionStatusReader(DbDataSource database, BrickQuarantine quarantine, WorkerRepository workers, TimeProvider clock)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    private const string CountRuns = """
        SELECT CASE WHEN r.completed_ms IS NOT NULL THEN 'done'
                    WHEN EXISTS (SELECT 1 FROM brick b WHERE b.state = 'quarantined' AND b.run_id = r.run_id) THEN 'held' ELSE 'open' END AS state, COUNT(*)
        FROM extraction_run r GROUP BY state
        """;

    private const string CountBricks = "SELECT kind, state, COUNT(*) AS count FROM brick GROUP BY kind, state ORDER BY kind";

    // The state is compared as an expression, so that the few rows are found by their time and not by their state, which most rows share.
    private const string MeanSeconds = """
        SELECT kind, AVG(seconds) FROM (
            SELECT kind, seconds FROM brick WHERE finished_ms IS NOT NULL AND state || '' = 'done' AND seconds IS NOT NULL ORDER BY finished_ms DESC LIMIT 1000) last
        GROUP BY kind
        """;

    private const string CountLate = """
        SELECT kind, COUNT(*) AS done, SUM(COALESCE(seconds, 0.0)) AS seconds, CAST(SUM(COALESCE(region_voxels, 0)) AS BIGINT) AS voxels, COALESCE(MIN(started_ms), 0) AS first_ms
        FROM brick WHERE finished_ms > @Since AND state || '' = 'done' GROUP BY kind
        """;

    /// <summary>The present state.</summary>
    public async Task<ExtractionStatus> ReadAsync(CancellationToken ct)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var runs = (await db.QueryAsync<(string State, long Count)>(new CommandDefinition(CountRuns, cancellationToken: ct))).ToDictionary(r => r.State, r => (int)r.Count);
        StateRow[] states = [.. await db.QueryAsync<StateRow>(new CommandDefinition(CountBricks, cancellationToken: ct))];
        LateRow[] late = [.. await db.QueryAsync<LateRow>(new CommandDefinition(CountLate, new { Since = now - (long)Late.TotalMilliseconds }, cancellationToken: ct))];
        var meanSeconds = (await db.QueryAsync<(string Kind, double Seconds)>(new CommandDefinition(MeanSeconds, cancellationToken: ct)))
            .ToDictionary(m => m.Kind, m => m.Seconds, StringComparer.Ordinal);
        BrickCounts[] bricks = [.. states.GroupBy(s => s.Kind, StringComparer.Ordinal).Select(CountsOf)];
        // A run that began a moment ago is not measured over minutes in which there was nothing to do.
        double span = late.Length == 0 ? 0 : (now - Math.Max(now - (long)Late.TotalMilliseconds, late.Min(l => l.FirstMs))) / 1000.0;
        BrickPace pace = BrickPace.Of(
            span,
            late.ToDictionary(l => l.Kind, l => new DoneOfLate((int)l.Done, l.Seconds, l.Voxels), StringComparer.Ordinal),
            bricks.ToDictionary(b => b.Kind, b => b.Left, StringComparer.Ordinal),
            meanSeconds);
        return new ExtractionStatus
        {
            RunsOpen = runs.GetValueOrDefault("open"),
            RunsDone = runs.GetValueOrDefault("done"),
            RunsHeld = runs.GetValueOrDefault("held"),
            Bricks = bricks,
            BricksPerSecond = pace.BricksPerSecond,
            VoxelsPerSecond = pace.VoxelsPerSecond,
            SecondsLeft = pace.SecondsLeft,
            Workers = await workers.ListAliveAsync(ct),
            Quarantined = await quarantine.ListAsync(ct),
        };
    }

    private static BrickCounts CountsOf(IGrouping<string, StateRow> kind)
    {
        var counts = kind.ToDictionary(s => s.State, s => (int)s.Count, StringComparer.Ordinal);
        return new()
        {
            Kind = kind.Key,
            Done = counts.GetValueOrDefault(BrickStates.Done),
            Rejected = counts.GetValueOrDefault(BrickStates.Rejected),
            Pending = counts.GetValueOrDefault(BrickStates.Pending),
            Waiting = counts.GetValueOrDefault(BrickStates.Waiting),
            Blocked = counts.GetValueOrDefault(BrickStates.Blocked),
            Quarantined = counts.GetValueOrDefault(BrickStates.Quarantined),
        };
    }

    private sealed record StateRow
    {
        public required string Kind { get; init; }
        public required string State { get; init; }
        public required long Count { get; init; }
    }

    private sealed record LateRow
    {
        public required string Kind { get; init; }
        public required long Done { get; init; }
        public required double Seconds { get; init; }
        public required long Voxels { get; init; }
        public required long FirstMs { get; init; }
    }
}
