using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Drift;

/// <summary>A published drift report: blob keys of its page and its data.</summary>
public sealed record DriftReportRow
{
    /// <summary>Model version it is about.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Last quarter of treatment starts that it looks at.</summary>
    public required string Period { get; init; }

    /// <summary>SHA-256 over the assessments that it was made of.</summary>
    public required string InputsSha256 { get; init; }

    /// <summary>Blob key of the HTML page.</summary>
    public required string HtmlSha256 { get; init; }

    /// <summary>Blob key of the JSON document.</summary>
    public required string JsonSha256 { get; init; }
}

/// <summary>Drift reports by version and period. A report of newer assessments replaces the keys; the old blobs stay.</summary>
public sealed class DriftReportRepository(DbDataSource database, TimeProvider clock)
{
    private const string Select = "SELECT model_version, period, inputs_sha256, html_sha256, json_sha256 FROM drift_report";

    private const string Upsert = """
        INSERT INTO drift_report (model_version, period, inputs_sha256, html_sha256, json_sha256, published_ms)
        VALUES (@ModelVersion, @Period, @InputsSha256, @HtmlSha256, @JsonSha256, @NowMs)
        ON CONFLICT (model_version, period) DO UPDATE SET
            inputs_sha256 = excluded.inputs_sha256, html_sha256 = excluded.html_sha256, json_sha256 = excluded.json_sha256, published_ms = excluded.published_ms
        """;

    /// <summary>Stores the keys of a report.</summary>
    public async Task PutAsync(DriftReportRow report, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { report.ModelVersion, report.Period, report.InputsSha256, report.HtmlSha256, report.JsonSha256, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        await db.ExecuteAsync(new CommandDefinition(Upsert, args, cancellationToken: ct));
    }

    /// <returns>The report of a version and period, or null.</returns>
    public async Task<DriftReportRow?> FindAsync(int modelVersion, string period, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<DriftReportRow>(new CommandDefinition(
            Select + " WHERE model_version = @ModelVersion AND period = @Period", new { ModelVersion = modelVersion, Period = period }, cancellationToken: ct));
    }

    /// <returns>All drift reports, latest period first.</returns>
    public async Task<IReadOnlyList<DriftReportRow>> ListAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<DriftReportRow>(new CommandDefinition(Select + " ORDER BY period DESC, model_version DESC", cancellationToken: ct))];
    }
}
