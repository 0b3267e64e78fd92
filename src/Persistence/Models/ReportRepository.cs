using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Models;

/// <summary>A published report: blob keys of its page and its data.</summary>
public sealed record ReportRow
{
    /// <summary>Model version it is about.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Blob key of the HTML page.</summary>
    public required string HtmlSha256 { get; init; }

    /// <summary>Blob key of the JSON document.</summary>
    public required string JsonSha256 { get; init; }
}

/// <summary>Validation reports by model version. A report made again by a newer program replaces the keys; the old blobs stay.</summary>
public sealed class ReportRepository(DbDataSource database, TimeProvider clock)
{
    private const string Upsert = """
        INSERT INTO report (model_version, html_sha256, json_sha256, published_ms)
        VALUES (@ModelVersion, @HtmlSha256, @JsonSha256, @NowMs)
        ON CONFLICT (model_version) DO UPDATE SET html_sha256 = excluded.html_sha256, json_sha256 = excluded.json_sha256
        """;

    /// <summary>Stores the keys of a report.</summary>
    public async Task PutAsync(ReportRow report, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { report.ModelVersion, report.HtmlSha256, report.JsonSha256, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        await db.ExecuteAsync(new CommandDefinition(Upsert, args, cancellationToken: ct));
    }

    /// <returns>The report of a model version, or null.</returns>
    public async Task<ReportRow?> FindAsync(int modelVersion, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<ReportRow>(new CommandDefinition(
            "SELECT model_version, html_sha256, json_sha256 FROM report WHERE model_version = @ModelVersion",
            new { ModelVersion = modelVersion }, cancellationToken: ct));
    }
}
