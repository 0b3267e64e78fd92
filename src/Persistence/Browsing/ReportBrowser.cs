using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Browsing;

/// <summary>A published report in a list.</summary>
public sealed record ReportListing
{
    /// <summary>Version it is about.</summary>
    public required long ModelVersion { get; init; }

    /// <summary>Last quarter that a drift report looks at; null for a validation report.</summary>
    public string? Period { get; init; }

    /// <summary>Blob key of the page.</summary>
    public required string HtmlSha256 { get; init; }

    /// <summary>Blob key of the data.</summary>
    public required string JsonSha256 { get; init; }

    /// <summary>When it was published first, Unix ms.</summary>
    public required long PublishedMs { get; init; }
}

/// <summary>Reports as people look for them.</summary>
public sealed class ReportBrowser(DbDataSource database)
{
    private const string Select = """
        SELECT * FROM (
            SELECT model_version, CAST(NULL AS TEXT) AS period, html_sha256, json_sha256, published_ms FROM report
            UNION ALL SELECT model_version, period, html_sha256, json_sha256, published_ms FROM drift_report) reports
        ORDER BY published_ms DESC, model_version DESC LIMIT @Limit OFFSET @Offset
        """;

    private const string Count = "SELECT (SELECT COUNT(*) FROM report) + (SELECT COUNT(*) FROM drift_report)";

    /// <summary>Reports, the last published first.</summary>
    /// <param name="page">Page.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<ReportListing>> ListAsync(PageRequest page, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { page.Limit, page.Offset };
        long total = await db.ExecuteScalarAsync<long>(new CommandDefinition(Count, cancellationToken: ct));
        ReportListing[] rows = [.. await db.QueryAsync<ReportListing>(new CommandDefinition(Select, args, cancellationToken: ct))];
        return new(rows, total, Math.Max(page.Number, 1), page.Limit);
    }
}
