using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>Goes from a run back to the series that its bricks read.</summary>
public sealed partial class LineageReader(DbDataSource database)
{
    private const string SelectRun = """
        SELECT r.run_id, r.study_uid, r.study_content_sha256 AS content_sha256, r.profile_sha256, s.visit
        FROM extraction_run r JOIN study s ON s.study_uid = r.study_uid WHERE r.run_id = @RunId
        """;

    private const string SelectInstances = """
        SELECT s.series_uid, s.modality, s.sequence, s.referenced_series_uid, i.blob_sha256
        FROM series s JOIN instance i ON i.series_uid = s.series_uid WHERE s.study_uid = @StudyUid
        """;

    /// <returns>The run with its series and values; null when it is not there, as after the patient withdrew.</returns>
    public async Task<RunLineage?> FindAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        RunLineage? run = await db.QuerySingleOrDefaultAsync<RunLineage>(new CommandDefinition(SelectRun, new { RunId = runId }, cancellationToken: ct));
        if (run is null) return null;
        var bricks = await db.QueryAsync<(long Index, string Work)>(new CommandDefinition(
            "SELECT brick_index, work FROM brick WHERE run_id = @RunId", new { RunId = runId }, cancellationToken: ct));
        var values = await db.QueryAsync<(string Name, double Value, long Brick)>(new CommandDefinition(
            "SELECT name, value, brick_index FROM feature_value WHERE run_id = @RunId ORDER BY name", new { RunId = runId }, cancellationToken: ct));
        IEnumerable<InstanceRow> instances = await db.QueryAsync<InstanceRow>(new CommandDefinition(SelectInstances, new { run.StudyUid }, cancellationToken: ct));
        // A brick's work names the blobs that it reads; this holds for every kind of brick, whatever else its work says.
        ILookup<string, int> readers = bricks.SelectMany(b => Hash().Matches(b.Work).Select(m => (Blob: m.Value, b.Index))).Distinct().ToLookup(r => r.Blob, r => (int)r.Index, StringComparer.Ordinal);
        return run with
        {
            Values = values.ToDictionary(v => v.Name, v => new RunValue(v.Value, (int)v.Brick), StringComparer.Ordinal),
            Series = [.. instances.GroupBy(i => i.SeriesUid, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => SeriesOf([.. g], readers))],
        };
    }

    private static SeriesLineage SeriesOf(InstanceRow[] instances, ILookup<string, int> readers) => new()
    {
        SeriesUid = instances[0].SeriesUid,
        Modality = instances[0].Modality,
        Sequence = instances[0].Sequence,
        ReferencedSeriesUid = instances[0].ReferencedSeriesUid,
        Instances = instances.Length,
        InstancesSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Concat(instances.Select(i => i.BlobSha256).Order(StringComparer.Ordinal).Select(b => b + "\n"))))),
        Bricks = [.. instances.SelectMany(i => readers[i.BlobSha256]).Distinct().Order()],
    };

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex Hash();

    private sealed record InstanceRow
    {
        public required string SeriesUid { get; init; }
        public required string Modality { get; init; }
        public string? Sequence { get; init; }
        public string? ReferencedSeriesUid { get; init; }
        public required string BlobSha256 { get; init; }
    }
}
