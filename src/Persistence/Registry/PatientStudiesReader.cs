using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Registry;

/// <summary>Reads all that is stored of a patient's studies, in a fixed order.</summary>
internal static class PatientStudiesReader
{
    private const string SelectStart = "SELECT treatment_start FROM clinical_record WHERE pseudonym = @Pseudonym";

    private const string SelectStudies =
        "SELECT study_uid, center_code, study_date, visit, visit_waiting_for, state, content_sha256 FROM study WHERE pseudonym = @Pseudonym";

    private const string SelectSeries = """
        SELECT s.series_uid, s.study_uid, s.modality, s.frame_of_reference_uid, s.referenced_series_uid, s.source_image_uid, s.acquired_ms
        FROM series s JOIN study t ON t.study_uid = s.study_uid WHERE t.pseudonym = @Pseudonym
        """;

    private const string SelectInstances = """
        SELECT i.series_uid, i.sop_instance_uid, i.blob_sha256, i.shows, i.b_value, i.position_mm, i.grid, i.frame_count
        FROM instance i JOIN series s ON s.series_uid = i.series_uid JOIN study t ON t.study_uid = s.study_uid WHERE t.pseudonym = @Pseudonym
        """;

    private const string SelectSegments = """
        SELECT g.series_uid, g.segment_number, g.label, g.region
        FROM segment g JOIN series s ON s.series_uid = g.series_uid JOIN study t ON t.study_uid = s.study_uid WHERE t.pseudonym = @Pseudonym
        """;

    public static async Task<PatientStudies> ReadAsync(Unit unit, string pseudonym)
    {
        var key = new { Pseudonym = pseudonym };
        string? start = await unit.ScalarAsync<string>(SelectStart, key);
        IEnumerable<StudyRow> studies = await unit.QueryAsync<StudyRow>(SelectStudies, key);
        ILookup<string, SeriesRow> series = (await unit.QueryAsync<SeriesRow>(SelectSeries, key)).ToLookup(s => s.StudyUid);
        ILookup<string, InstanceRow> instances = (await unit.QueryAsync<InstanceRow>(SelectInstances, key)).ToLookup(i => i.SeriesUid);
        ILookup<string, SegmentRow> segments = (await unit.QueryAsync<SegmentRow>(SelectSegments, key)).ToLookup(s => s.SeriesUid);
        return new()
        {
            Pseudonym = pseudonym,
            TreatmentStart = SqlDate.Read(start),
            Studies = [.. studies.OrderBy(s => s.StudyUid, StringComparer.Ordinal).Select(s => new StoredStudy
            {
                StudyUid = s.StudyUid,
                CenterCode = s.CenterCode,
                StudyDate = SqlDate.Read(s.StudyDate),
                Visit = s.Visit is null ? null : Enum.Parse<Visit>(s.Visit),
                VisitWaitingFor = s.VisitWaitingFor,
                State = Enum.Parse<StudyState>(s.State, ignoreCase: true),
                ContentSha256 = s.ContentSha256,
                Series = [.. series[s.StudyUid].OrderBy(r => r.SeriesUid, StringComparer.Ordinal)
                    .Select(r => r.ToSeries(instances[r.SeriesUid], segments[r.SeriesUid]))],
            })],
        };
    }

    private sealed record StudyRow
    {
        public required string StudyUid { get; init; }
        public required string CenterCode { get; init; }
        public string? StudyDate { get; init; }
        public string? Visit { get; init; }
        public string? VisitWaitingFor { get; init; }
        public required string State { get; init; }
        public string? ContentSha256 { get; init; }
    }

    private sealed record SeriesRow
    {
        public required string SeriesUid { get; init; }
        public required string StudyUid { get; init; }
        public required string Modality { get; init; }
        public string? FrameOfReferenceUid { get; init; }
        public string? ReferencedSeriesUid { get; init; }
        public string? SourceImageUid { get; init; }
        public long? AcquiredMs { get; init; }

        public StoredSeries ToSeries(IEnumerable<InstanceRow> instances, IEnumerable<SegmentRow> segments) => new()
        {
            SeriesUid = SeriesUid,
            Modality = Modality,
            FrameOfReferenceUid = FrameOfReferenceUid,
            ReferencedSeriesUid = ReferencedSeriesUid,
            SourceImageUid = SourceImageUid,
            AcquiredMs = AcquiredMs,
            Instances = [.. instances.OrderBy(i => i.SopInstanceUid, StringComparer.Ordinal).Select(i => i.ToInstance())],
            Segments = [.. segments.OrderBy(g => g.SegmentNumber).Select(g => g.ToSegment())],
        };
    }

    private sealed record InstanceRow
    {
        public required string SeriesUid { get; init; }
        public required string SopInstanceUid { get; init; }
        public required string BlobSha256 { get; init; }
        public string? Shows { get; init; }
        public double? BValue { get; init; }
        public double? PositionMm { get; init; }
        public string? Grid { get; init; }
        public required long FrameCount { get; init; }

        public StoredInstance ToInstance() => new()
        {
            SopInstanceUid = SopInstanceUid,
            BlobSha256 = BlobSha256,
            Shows = Shows,
            BValue = BValue,
            PositionMm = PositionMm,
            Grid = Grid,
            FrameCount = (int)FrameCount,
        };
    }

    private sealed record SegmentRow
    {
        public required string SeriesUid { get; init; }
        public required long SegmentNumber { get; init; }
        public required string Label { get; init; }
        public string? Region { get; init; }

        public StoredSegment ToSegment() => new((int)SegmentNumber, Label, Region is null ? null : Enum.Parse<Region>(Region));
    }
}
