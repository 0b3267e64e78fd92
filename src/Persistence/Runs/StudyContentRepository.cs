using System.Data.Common;
using Dapper;
using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Runs;

/// <summary>What there is to extract from.</summary>
public sealed class StudyContentRepository(DbDataSource database, TimeProvider clock)
{
    private const string SelectStudy =
        "SELECT study_uid, pseudonym, content_sha256 FROM study WHERE study_uid = @StudyUid AND state = 'ready'";

    private const string SelectSeries = """
        SELECT series_uid, sequence, referenced_series_uid FROM series
        WHERE study_uid = @StudyUid AND sequence IS NOT NULL AND rejected_because IS NULL
        """;

    private const string SelectInstances = """
        SELECT i.series_uid, i.sop_instance_uid, i.blob_sha256, i.b_value
        FROM instance i JOIN series s ON s.series_uid = i.series_uid WHERE s.study_uid = @StudyUid
        """;

    private const string SelectSegments = """
        SELECT g.series_uid, g.segment_number, g.region
        FROM segment g JOIN series s ON s.series_uid = g.series_uid WHERE s.study_uid = @StudyUid AND g.region IS NOT NULL
        """;

    private const string MarkWaiting = """
        UPDATE study SET state = 'waiting', waiting_for = @Reason, updated_ms = @NowMs
        WHERE study_uid = @StudyUid AND content_sha256 = @ContentSha256 AND state = 'ready'
        """;

    /// <returns>The study when it is ready for extraction, else null.</returns>
    public async Task<StudyContent?> FindReadyAsync(string studyUid, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var key = new { StudyUid = studyUid };
        StudyRow? study = await db.QuerySingleOrDefaultAsync<StudyRow>(new CommandDefinition(SelectStudy, key, cancellationToken: ct));
        if (study is null)
            return null;
        var series = await db.QueryAsync<SeriesRow>(new CommandDefinition(SelectSeries, key, cancellationToken: ct));
        var instances = (await db.QueryAsync<InstanceRow>(new CommandDefinition(SelectInstances, key, cancellationToken: ct))).ToLookup(i => i.SeriesUid);
        var segments = (await db.QueryAsync<SegmentRow>(new CommandDefinition(SelectSegments, key, cancellationToken: ct))).ToLookup(s => s.SeriesUid);
        return new StudyContent
        {
            StudyUid = study.StudyUid,
            Pseudonym = study.Pseudonym,
            ContentSha256 = study.ContentSha256,
            Series = [.. series.OrderBy(s => s.SeriesUid, StringComparer.Ordinal).Select(s => new SeriesContent
            {
                SeriesUid = s.SeriesUid,
                Sequence = Enum.Parse<Sequence>(s.Sequence),
                ReferencedSeriesUid = s.ReferencedSeriesUid,
                Instances = [.. instances[s.SeriesUid]
                    .OrderBy(i => i.SopInstanceUid, StringComparer.Ordinal)
                    .Select(i => new InstanceContent(i.SopInstanceUid, i.BlobSha256, i.BValue))],
                Segments = [.. segments[s.SeriesUid]
                    .OrderBy(g => g.SegmentNumber)
                    .Select(g => new SegmentContent((int)g.SegmentNumber, Enum.Parse<Region>(g.Region)))],
            })],
        };
    }

    /// <summary>Sets a study aside until more of it arrives, with what it waits for.</summary>
    public async Task MarkWaitingAsync(StudyContent study, string reason, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { study.StudyUid, study.ContentSha256, Reason = reason, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        await db.ExecuteAsync(new CommandDefinition(MarkWaiting, args, cancellationToken: ct));
    }

    private sealed record StudyRow
    {
        public required string StudyUid { get; init; }
        public required string Pseudonym { get; init; }
        public required string ContentSha256 { get; init; }
    }

    private sealed record SeriesRow
    {
        public required string SeriesUid { get; init; }
        public required string Sequence { get; init; }
        public string? ReferencedSeriesUid { get; init; }
    }

    private sealed record InstanceRow
    {
        public required string SeriesUid { get; init; }
        public required string SopInstanceUid { get; init; }
        public required string BlobSha256 { get; init; }
        public double? BValue { get; init; }
    }

    private sealed record SegmentRow
    {
        public required string SeriesUid { get; init; }
        public required long SegmentNumber { get; init; }
        public required string Region { get; init; }
    }
}
