using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Browsing;

/// <summary>Something in quarantine, in a list.</summary>
public sealed record QuarantineListing
{
    /// <summary>Key of the entry; run and index for a brick.</summary>
    public required string Id { get; init; }

    /// <summary><c>file</c>, <c>series</c>, <c>record</c> or <c>brick</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Code of the centre; empty where it is not known.</summary>
    public required string CenterCode { get; init; }

    /// <summary>Path, UID or line; of a brick, its study, or its run where it has none.</summary>
    public required string Subject { get; init; }

    /// <summary>Code of the reason.</summary>
    public required string ReasonCode { get; init; }

    /// <summary>The reason, for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>When it went there, Unix ms.</summary>
    public required long RecordedMs { get; init; }

    /// <summary>Run of a brick; null for others.</summary>
    public string? RunId { get; init; }

    /// <summary>Index of a brick; null for others.</summary>
    public long? BrickIndex { get; init; }
}

/// <summary>What is in quarantine, all kinds in one list.</summary>
public sealed class QuarantineBrowser(DbDataSource database, AuditLog audit)
{
    private const string All = """
        SELECT q.quarantine_id AS id, q.subject_kind AS kind, q.center_code, q.subject, q.reason_code, q.detail, q.recorded_ms, CAST(NULL AS TEXT) AS run_id, CAST(NULL AS BIGINT) AS brick_index
        FROM quarantine q
        UNION ALL
        SELECT b.run_id || '-' || CAST(b.brick_index AS TEXT), 'brick', COALESCE(s.center_code, ''), COALESCE(r.study_uid, b.run_id), b.kind, COALESCE(b.detail, ''),
               COALESCE(b.finished_ms, b.requested_ms, r.planned_ms), b.run_id, b.brick_index
        FROM brick b JOIN extraction_run r ON r.run_id = b.run_id LEFT JOIN study s ON s.study_uid = r.study_uid
        WHERE b.state = 'quarantined'
        """;

    private const string Where = " WHERE CAST(@CenterCode AS TEXT) IS NULL OR center_code = @CenterCode";

    /// <summary>The list, the latest first.</summary>
    /// <param name="centerCode">The only centre that may be seen; null for all.</param>
    /// <param name="page">Page.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<QuarantineListing>> ListAsync(string? centerCode, PageRequest page, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { CenterCode = centerCode, page.Limit, page.Offset };
        long total = await db.ExecuteScalarAsync<long>(new CommandDefinition($"SELECT COUNT(*) FROM ({All}) everything{Where}", args, cancellationToken: ct));
        QuarantineListing[] rows = [.. await db.QueryAsync<QuarantineListing>(new CommandDefinition(
            $"SELECT * FROM ({All}) everything{Where} ORDER BY recorded_ms DESC, id LIMIT @Limit OFFSET @Offset", args, cancellationToken: ct))];
        return new(rows, total, Math.Max(page.Number, 1), page.Limit);
    }

    /// <summary>Takes an entry off the list for good, because nobody will mend it; the same thing met again comes back.</summary>
    /// <param name="id">Key of a file, series or record.</param>
    /// <param name="centerCode">The only centre that may be changed; null for all.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when it is not there, or another centre's.</returns>
    public async Task<bool> DismissAsync(string id, string? centerCode, string actor, string reason, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);
        QuarantineListing? entry = (await unit.QueryAsync<QuarantineListing>($"SELECT * FROM ({All}) everything WHERE id = @Id AND kind <> 'brick'", new { Id = id })).SingleOrDefault();
        if (entry is null || (centerCode is not null && entry.CenterCode != centerCode))
            return false;
        await unit.ExecuteAsync("DELETE FROM quarantine WHERE quarantine_id = @Id", new { Id = id });
        Dictionary<string, string> detail = new(StringComparer.Ordinal) { ["center"] = entry.CenterCode, ["kind"] = entry.Kind, ["why it was there"] = entry.ReasonCode };
        await audit.AppendAsync(unit, new(actor, "dismiss", entry.Subject, reason, detail));
        await transaction.CommitAsync(ct);
        return true;
    }
}
