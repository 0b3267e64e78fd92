using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Status;

namespace HccPipeline.Persistence.Browsing;

/// <summary>Studies as people look for them.</summary>
public sealed class StudyBrowser(DbDataSource database)
{
    // A study is what its latest content is: runs of earlier contents are superseded.
    private const string Stage = """
        CASE WHEN s.state <> 'ready' THEN s.state
             WHEN EXISTS (SELECT 1 FROM extraction_run r WHERE r.study_uid = s.study_uid AND r.superseded = 0 AND r.completed_ms IS NOT NULL) THEN 'extracted'
             WHEN NOT EXISTS (SELECT 1 FROM extraction_run r WHERE r.study_uid = s.study_uid AND r.superseded = 0) THEN 'ready'
             WHEN EXISTS (SELECT 1 FROM extraction_run r JOIN brick b ON b.run_id = r.run_id
                          WHERE r.study_uid = s.study_uid AND r.superseded = 0 AND b.state = 'quarantined') THEN 'held'
             ELSE 'in work' END
        """;

    private const string IsComplete =
        "EXISTS (SELECT 1 FROM extraction_run r WHERE r.study_uid = s.study_uid AND r.superseded = 0 AND r.completed_ms IS NOT NULL)";

    private const string IsHeld =
        "s.study_uid IN (SELECT r.study_uid FROM brick b JOIN extraction_run r ON r.run_id = b.run_id WHERE b.state = 'quarantined' AND r.superseded = 0 AND r.study_uid IS NOT NULL)";

    private const string Select = $"""
        SELECT s.study_uid, s.pseudonym, s.center_code, s.study_date, s.visit, {Stage} AS stage,
               COALESCE(s.waiting_for, s.visit_waiting_for) AS waiting_for, s.updated_ms
        FROM study s
        """;

    private const string SelectSeries = """
        SELECT e.series_uid, e.modality, e.sequence, e.referenced_series_uid, e.manufacturer, e.scanner_model, e.field_strength_tesla, e.rejected_because,
               (SELECT COUNT(*) FROM instance i WHERE i.series_uid = e.series_uid) AS instances
        FROM series e WHERE e.study_uid = @StudyUid ORDER BY CASE WHEN e.sequence IS NULL THEN 1 ELSE 0 END, e.sequence, e.modality, e.series_uid
        """;

    private const string SelectRuns = """
        SELECT r.run_id, r.planned_ms, r.completed_ms, r.superseded,
               (SELECT COUNT(*) FROM brick b WHERE b.run_id = r.run_id) AS bricks,
               (SELECT COUNT(*) FROM brick b WHERE b.run_id = r.run_id AND b.state IN ('done', 'rejected')) AS finished,
               (SELECT COUNT(*) FROM feature_value v WHERE v.run_id = r.run_id) AS features
        FROM extraction_run r WHERE r.study_uid = @StudyUid ORDER BY r.planned_ms DESC, r.run_id
        """;

    private const string SelectValues = """
        SELECT v.name, v.value FROM feature_value v WHERE v.run_id = @RunId ORDER BY v.name
        """;

    /// <summary>Studies, the last changed first.</summary>
    public async Task<Page<StudyListing>> ListAsync(StudyQuery query, PageRequest page, CancellationToken ct)
    {
        (string where, DynamicParameters args) = Condition(query);
        args.Add("Limit", page.Limit);
        args.Add("Offset", page.Offset);
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        long total = await db.ExecuteScalarAsync<long>(new CommandDefinition($"SELECT COUNT(*) FROM study s{where}", args, cancellationToken: ct));
        StudyListing[] rows = [.. await db.QueryAsync<StudyListing>(new CommandDefinition(
            $"{Select}{where} ORDER BY s.updated_ms DESC, s.study_uid LIMIT @Limit OFFSET @Offset", args, cancellationToken: ct))];
        return new(rows, total, Math.Max(page.Number, 1), page.Limit);
    }

    /// <summary>How many studies are at each stage; stages without any are left out.</summary>
    public async Task<IReadOnlyList<CountOf>> CountStagesAsync(string? centerCode, CancellationToken ct)
    {
        (string where, DynamicParameters args) = Condition(new() { CenterCode = centerCode });
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var counts = (await db.QueryAsync<(string Stage, long Count)>(new CommandDefinition(
            $"SELECT stage, COUNT(*) FROM (SELECT {Stage} AS stage FROM study s{where}) staged GROUP BY stage", args, cancellationToken: ct)))
            .ToDictionary(c => c.Stage, c => (int)c.Count, StringComparer.Ordinal);
        return [.. StudyStages.All.Where(counts.ContainsKey).Select(stage => new CountOf(stage, counts[stage]))];
    }

    /// <returns>A study with all that belongs to it; null when there is none, or when it is another centre's.</returns>
    /// <param name="studyUid">Study Instance UID, de-identified.</param>
    /// <param name="centerCode">The only centre that may be seen; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<StudyDetail?> FindAsync(string studyUid, string? centerCode, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var key = new { StudyUid = studyUid };
        StudyListing? study = await db.QuerySingleOrDefaultAsync<StudyListing>(new CommandDefinition($"{Select} WHERE s.study_uid = @StudyUid", key, cancellationToken: ct));
        if (study is null || (centerCode is not null && study.CenterCode != centerCode))
            return null;
        return new(
            study,
            [.. await db.QueryAsync<SeriesListing>(new CommandDefinition(SelectSeries, key, cancellationToken: ct))],
            [.. await db.QueryAsync<RunListing>(new CommandDefinition(SelectRuns, key, cancellationToken: ct))]);
    }

    /// <returns>The values that a run gave, by name.</returns>
    public async Task<IReadOnlyList<(string Name, double Value)>> ListValuesAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<(string, double)>(new CommandDefinition(SelectValues, new { RunId = runId }, cancellationToken: ct))];
    }

    /// <returns>Centre of a study, of a patient, or null when there is neither: for who asks for what is not theirs.</returns>
    public async Task<string?> FindCenterAsync(string studyOrPseudonym, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
            "SELECT center_code FROM study WHERE study_uid = @Key UNION ALL SELECT center_code FROM patient WHERE pseudonym = @Key",
            new { Key = studyOrPseudonym }, cancellationToken: ct));
    }

    /// <returns>Centre of a patient; null when there is none.</returns>
    public async Task<string?> FindPatientCenterAsync(string pseudonym, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "SELECT center_code FROM patient WHERE pseudonym = @Pseudonym", new { Pseudonym = pseudonym }, cancellationToken: ct));
    }

    private static (string Where, DynamicParameters Args) Condition(StudyQuery query)
    {
        DynamicParameters args = new();
        List<string> parts = [];
        if (query.CenterCode is { } center)
        {
            parts.Add("s.center_code = @CenterCode");
            args.Add("CenterCode", center);
        }
        if (query.Search?.Trim() is { Length: > 0 } search)
        {
            parts.Add(@"(s.study_uid LIKE @Search ESCAPE '\' OR LOWER(s.pseudonym) LIKE @Search ESCAPE '\')");   // a UID has no letters
            args.Add("Search", $"%{Escape(search.ToLowerInvariant())}%");
        }
        if (query.Stage is { } stage)
        {
            parts.Add(ConditionOf(stage));
        }
        return (parts.Count == 0 ? "" : " WHERE " + string.Join(" AND ", parts), args);
    }

    /// <summary>The same as the stage's own expression, found by an index where few studies are at it.</summary>
    private static string ConditionOf(string stage) => stage switch
    {
        StudyStages.Receiving => "s.state = 'receiving'",
        StudyStages.Waiting => "s.state = 'waiting'",
        StudyStages.Extracted => $"s.state = 'ready' AND {IsComplete}",
        StudyStages.Ready => "s.state = 'ready' AND NOT EXISTS (SELECT 1 FROM extraction_run r WHERE r.study_uid = s.study_uid AND r.superseded = 0)",
        StudyStages.Held => $"s.state = 'ready' AND {IsHeld} AND NOT {IsComplete}",
        StudyStages.InWork => $"s.state = 'ready' AND s.study_uid IN (SELECT r.study_uid FROM extraction_run r WHERE r.completed_ms IS NULL AND r.superseded = 0) AND NOT {IsHeld} AND NOT {IsComplete}",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There is no such stage."),
    };

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
