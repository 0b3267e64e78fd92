using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Drift;

/// <summary>Alerts: one for a finding as long as it is not closed, and what people did about it.</summary>
public sealed class AlertRepository(DbDataSource database, TimeProvider clock, AuditLog audit)
{
    private const string Select = """
        SELECT alert_id, model_version, submodel, center_code, level, kind, first_window, last_window, summary, document_sha256, state, raised_ms,
            acknowledged_by, acknowledged_reason, acknowledged_ms, closed_by, closed_reason, closed_ms, webhook_attempts, webhook_next_ms, webhook_ms
        FROM alert
        """;

    private const string SameFinding = "model_version = @ModelVersion AND submodel = @Submodel AND center_code = @CenterCode AND kind = @Kind";

    private static readonly string RankOf = $"CASE level {string.Join(' ', AlertLevels.Ladder.Select((level, rank) => $"WHEN '{level}' THEN {rank}"))} END";

    // Of the latest window, and of what is known of it by now.
    private const string Extend = $"""
        UPDATE alert SET last_window = @Window, summary = @Summary, document_sha256 = @DocumentSha256
        WHERE {SameFinding} AND level = @Level AND state <> 'closed' AND last_window <= @Window
        """;

    // What somebody acknowledged was less: it is open again, and goes out again. The audit keeps who acknowledged it.
    private static readonly string Rise = $"""
        UPDATE alert SET level = @Level, last_window = CASE WHEN last_window < @Window THEN @Window ELSE last_window END, summary = @Summary, document_sha256 = @DocumentSha256,
            state = 'open', raised_ms = @NowMs, acknowledged_by = NULL, acknowledged_reason = NULL, acknowledged_ms = NULL, announced_ms = NULL,
            webhook_attempts = 0, webhook_next_ms = 0, webhook_ms = NULL
        WHERE {SameFinding} AND state <> 'closed' AND {RankOf} < @Rank
        """;

    // A finding of windows that a closed alert had seen is not raised again; in a later window, or higher on the ladder, it is news.
    private static readonly string Insert = $"""
        INSERT INTO alert (alert_id, model_version, submodel, center_code, level, kind, first_window, last_window, summary, document_sha256, state, raised_ms)
        SELECT @AlertId, @ModelVersion, @Submodel, @CenterCode, @Level, @Kind, @Window, @Window, @Summary, @DocumentSha256, 'open', @NowMs
        WHERE NOT EXISTS (SELECT 1 FROM alert WHERE {SameFinding} AND (state <> 'closed' OR (last_window >= @Window AND {RankOf} >= @Rank)))
        ON CONFLICT (alert_id) DO NOTHING
        """;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Raises the findings of an assessment that are not known yet, or are higher on the ladder than they were.</summary>
    /// <returns>How many alerts are new or have risen.</returns>
    public async Task<int> RaiseAsync(DriftDocument document, string documentSha256, CancellationToken ct)
    {
        if (document.Findings.Count == 0)
            return 0;
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);   // of two who raise the same finding one sees the other's alert
        int raised = 0;
        foreach (FindingDocument finding in document.Findings.OrderBy(f => f.Window, StringComparer.Ordinal).ThenBy(f => AlertLevels.Rank(f.Level)))
        {
            string center = finding.Center ?? "";
            var args = new
            {
                AlertId = IdOf(document.ModelVersion, document.Submodel, center, finding), document.ModelVersion, document.Submodel, CenterCode = center,
                finding.Level, Rank = AlertLevels.Rank(finding.Level), finding.Kind, finding.Window, finding.Summary, DocumentSha256 = documentSha256, NowMs,
            };
            await unit.ExecuteAsync(Extend, args);
            raised += await unit.ExecuteAsync(Rise, args);
            raised += await unit.ExecuteAsync(Insert, args);
        }
        await transaction.CommitAsync(ct);
        return raised;
    }

    /// <returns>Alerts, the latest first.</returns>
    /// <param name="withClosed">Those that are closed, too.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="ct">Cancels.</param>
    public Task<IReadOnlyList<AlertRow>> ListAsync(bool withClosed, int limit, CancellationToken ct) =>
        QueryAsync((withClosed ? "" : " WHERE state <> 'closed'") + " ORDER BY raised_ms DESC, alert_id LIMIT @Limit", new { Limit = limit }, ct);

    /// <returns>Alerts whose key begins so; at most two, so that a beginning that fits several is seen.</returns>
    public Task<IReadOnlyList<AlertRow>> FindAsync(string beginning, CancellationToken ct) =>
        QueryAsync(" WHERE substr(alert_id, 1, @Length) = @Beginning ORDER BY alert_id LIMIT 2", new { Beginning = beginning, beginning.Length }, ct);

    /// <summary>Notes that somebody has looked at an alert and works on it.</summary>
    /// <returns>False when it is not open any more.</returns>
    public Task<bool> AcknowledgeAsync(string alertId, string actor, string reason, CancellationToken ct) => ChangeAsync(
        "UPDATE alert SET state = 'acknowledged', acknowledged_by = @Actor, acknowledged_reason = @Reason, acknowledged_ms = @NowMs WHERE alert_id = @AlertId AND state = 'open'",
        alertId, new(actor, "acknowledge-alert", $"alert {alertId}", reason), ct);

    /// <summary>Closes an alert: the same finding in a later window is a new one.</summary>
    /// <returns>False when it is closed already, or not there.</returns>
    public Task<bool> CloseAsync(string alertId, string actor, string reason, CancellationToken ct) => ChangeAsync(
        "UPDATE alert SET state = 'closed', closed_by = @Actor, closed_reason = @Reason, closed_ms = @NowMs WHERE alert_id = @AlertId AND state <> 'closed'",
        alertId, new(actor, "close-alert", $"alert {alertId}", reason), ct);

    /// <returns>Number of alerts that are not closed, by level and state.</returns>
    public async Task<IReadOnlyList<(string Level, string State, long Count)>> CountAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<(string, string, long)>(new CommandDefinition(
            "SELECT level, state, COUNT(*) FROM alert WHERE state <> 'closed' GROUP BY level, state ORDER BY level, state", cancellationToken: ct))];
    }

    /// <returns>Alerts that were not announced on the bus, oldest first.</returns>
    public Task<IReadOnlyList<AlertRow>> ListNotAnnouncedAsync(CancellationToken ct) =>
        QueryAsync(" WHERE announced_ms IS NULL ORDER BY raised_ms, alert_id", new { }, ct);

    /// <summary>Notes that an alert is on the bus.</summary>
    public Task MarkAnnouncedAsync(string alertId, CancellationToken ct) =>
        ExecuteAsync("UPDATE alert SET announced_ms = @NowMs WHERE alert_id = @AlertId AND announced_ms IS NULL", new { AlertId = alertId, NowMs }, ct);

    /// <returns>Alerts that the webhook has not taken and that are due, oldest first.</returns>
    /// <param name="mostAttempts">Those tried so often are given up.</param>
    /// <param name="since">Only those raised from then on, Unix ms.</param>
    /// <param name="ct">Cancels.</param>
    public Task<IReadOnlyList<AlertRow>> ListToDeliverAsync(int mostAttempts, long since, CancellationToken ct) => QueryAsync(
        " WHERE webhook_ms IS NULL AND webhook_attempts < @MostAttempts AND webhook_next_ms <= @NowMs AND raised_ms >= @Since ORDER BY raised_ms, alert_id",
        new { MostAttempts = mostAttempts, NowMs, Since = since }, ct);

    /// <summary>Takes an alert's next delivery; of several processes one gets it.</summary>
    /// <param name="alert">The alert as it was read.</param>
    /// <param name="nextMs">When the one after it may be tried if this one fails, Unix ms.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<bool> TakeDeliveryAsync(AlertRow alert, long nextMs, CancellationToken ct) => await ExecuteAsync(
        "UPDATE alert SET webhook_attempts = webhook_attempts + 1, webhook_next_ms = @NextMs WHERE alert_id = @AlertId AND webhook_attempts = @WebhookAttempts AND webhook_ms IS NULL",
        new { alert.AlertId, alert.WebhookAttempts, NextMs = nextMs }, ct) == 1;

    /// <summary>Notes that the webhook took an alert.</summary>
    public Task MarkDeliveredAsync(string alertId, CancellationToken ct) =>
        ExecuteAsync("UPDATE alert SET webhook_ms = @NowMs WHERE alert_id = @AlertId", new { AlertId = alertId, NowMs }, ct);

    private static string IdOf(int modelVersion, string submodel, string center, FindingDocument finding) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', modelVersion.ToString(CultureInfo.InvariantCulture), submodel, center, finding.Level, finding.Kind, finding.Window))))[..16];

    private async Task<bool> ChangeAsync(string sql, string alertId, AuditEntry entry, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        if (await unit.ExecuteAsync(sql, new { AlertId = alertId, entry.Actor, entry.Reason, NowMs }) == 0)
            return false;
        await audit.AppendAsync(unit, entry);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<IReadOnlyList<AlertRow>> QueryAsync(string where, object args, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<AlertRow>(new CommandDefinition(Select + where, args, cancellationToken: ct))];
    }

    private async Task<int> ExecuteAsync(string sql, object args, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.ExecuteAsync(new CommandDefinition(sql, args, cancellationToken: ct));
    }
}
