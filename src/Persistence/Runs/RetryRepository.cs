using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>Bricks in quarantine, and the way back.</summary>
public sealed class RetryRepository(DbDataSource database)
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
    /// <param name="ct">Cancels.</param>
    /// <returns>What was put back.</returns>
    public async Task<IReadOnlyList<QuarantinedBrick>> RetryAsync(string? run, int? brickIndex, CancellationToken ct)
    {
        QuarantinedBrick[] wanted = [.. (await ListAsync(ct)).Where(b =>
            (run is null || b.Key.RunId.StartsWith(run, StringComparison.Ordinal)) && (brickIndex is null || b.Key.BrickIndex == brickIndex))];
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(PutBack, wanted.Select(b => new { b.Key.RunId, b.Key.BrickIndex }), cancellationToken: ct));
        return wanted;
    }

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
