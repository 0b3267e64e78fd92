using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Status;

namespace HccPipeline.Persistence.Browsing;

/// <summary>What happened on a day.</summary>
/// <param name="Day">Day, UTC.</param>
/// <param name="Files">Files taken in.</param>
/// <param name="Extracted">Studies whose features were complete.</param>
public sealed record DayActivity(DateOnly Day, long Files, long Extracted);

/// <summary>What came in and what was done, by day; and what is in quarantine, by reason.</summary>
public sealed class ActivityReader(DbDataSource database, TimeProvider clock)
{
    private const long DayMs = 24L * 3600 * 1000;

    private const string CountFiles = """
        SELECT recorded_ms / 86400000 AS day, COUNT(*) FROM source_file
        WHERE recorded_ms >= @Since AND (CAST(@CenterCode AS TEXT) IS NULL OR center_code = @CenterCode) GROUP BY recorded_ms / 86400000
        """;

    private const string CountExtracted = """
        SELECT r.completed_ms / 86400000 AS day, COUNT(*) FROM extraction_run r JOIN study s ON s.study_uid = r.study_uid
        WHERE r.completed_ms >= @Since AND (CAST(@CenterCode AS TEXT) IS NULL OR s.center_code = @CenterCode) GROUP BY r.completed_ms / 86400000
        """;

    private const string CountReasons = """
        SELECT reason_code, COUNT(*) FROM quarantine WHERE CAST(@CenterCode AS TEXT) IS NULL OR center_code = @CenterCode GROUP BY reason_code ORDER BY 2 DESC, 1
        """;

    private const string CountHeldBricks = """
        SELECT COUNT(*) FROM brick b JOIN extraction_run r ON r.run_id = b.run_id LEFT JOIN study s ON s.study_uid = r.study_uid
        WHERE b.state = 'quarantined' AND (CAST(@CenterCode AS TEXT) IS NULL OR s.center_code = @CenterCode)
        """;

    /// <summary>The last days, today last; days without anything are there with zeros.</summary>
    /// <param name="days">Number of days.</param>
    /// <param name="centerCode">The only centre that may be seen; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<DayActivity>> ListDaysAsync(int days, string? centerCode, CancellationToken ct)
    {
        long today = clock.GetUtcNow().ToUnixTimeMilliseconds() / DayMs, first = today - days + 1;
        var args = new { Since = first * DayMs, CenterCode = centerCode };
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        Dictionary<long, long> files = await CountAsync(CountFiles), extracted = await CountAsync(CountExtracted);
        return [.. Enumerable.Range(0, days).Select(i => first + i).Select(day => new DayActivity(
            DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(day * DayMs).UtcDateTime), files.GetValueOrDefault(day), extracted.GetValueOrDefault(day)))];

        async Task<Dictionary<long, long>> CountAsync(string sql) =>
            (await db.QueryAsync<(long Day, long Count)>(new CommandDefinition(sql, args, cancellationToken: ct))).ToDictionary(c => c.Day, c => c.Count);
    }

    /// <summary>What is in quarantine by reason, most first; bricks under <c>brick</c>.</summary>
    public async Task<IReadOnlyList<CountOf>> CountQuarantineAsync(string? centerCode, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { CenterCode = centerCode };
        List<CountOf> counts = [.. (await db.QueryAsync<(string Reason, long Count)>(new CommandDefinition(CountReasons, args, cancellationToken: ct)))
            .Select(c => new CountOf(c.Reason, (int)c.Count))];
        long bricks = await db.ExecuteScalarAsync<long>(new CommandDefinition(CountHeldBricks, args, cancellationToken: ct));
        if (bricks > 0)
            counts.Add(new("brick", (int)bricks));
        return counts;
    }
}
