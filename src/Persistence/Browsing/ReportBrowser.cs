using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Browsing;

/// <summary>A published report in a list.</summary>
public sealed record ReportListing
{
    /// <summary>Version it is about.</summary>
    public required long ModelVersion { get; init; }

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
        SELECT model_version, html_sha256, json_sha256, published_ms FROM report ORDER BY model_version DESC LIMIT @Limit OFFSET @Offset
        """;

    /// <summary>Validation reports, the latest version first.</summary>
    public async Task<Page<ReportListing>> ListAsync(PageRequest page, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        long total = await db.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM report", cancellationToken: ct));
        ReportListing[] rows = [.. await db.QueryAsync<ReportListing>(new CommandDefinition(Select, new { page.Limit, page.Offset }, cancellationToken: ct))];
        return new(rows, total, Math.Max(page.Number, 1), page.Limit);
    }
}
