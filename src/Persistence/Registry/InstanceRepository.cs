using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Registry;

/// <summary>Takes instances into the registry, and knows which files went in.</summary>
public sealed class InstanceRepository(DbDataSource database, TimeProvider clock)
{
    private const string UpsertStudy = """
        INSERT INTO study (study_uid, pseudonym, center_code, study_date, state, updated_ms)
        VALUES (@StudyUid, @Pseudonym, @CenterCode, @StudyDate, 'receiving', @NowMs)
        ON CONFLICT (study_uid) DO NOTHING
        """;

    private const string UpsertSeries = """
        INSERT INTO series (series_uid, study_uid, modality, frame_of_reference_uid, referenced_series_uid, source_image_uid, manufacturer,
            scanner_model, field_strength_tesla, acquired_ms)
        VALUES (@SeriesUid, @StudyUid, @Modality, @FrameOfReferenceUid, @ReferencedSeriesUid, @SourceImageUid, @Manufacturer,
            @ScannerModel, @FieldStrengthTesla, @AcquiredMs)
        ON CONFLICT (series_uid) DO NOTHING
        """;

    // The earliest acquisition, whatever the order in which the instances came.
    private const string UpdateAcquired = """
        UPDATE series SET acquired_ms = @AcquiredMs WHERE series_uid = @SeriesUid AND (acquired_ms IS NULL OR acquired_ms > @AcquiredMs)
        """;

    private const string InsertInstance = """
        INSERT INTO instance (sop_instance_uid, series_uid, blob_sha256, source_sha256, shows, b_value, position_mm, grid, frame_count)
        VALUES (@SopInstanceUid, @SeriesUid, @BlobSha256, @SourceSha256, @Shows, @BValue, @PositionMm, @Grid, @FrameCount)
        ON CONFLICT (sop_instance_uid) DO NOTHING
        """;

    private const string InsertSegment = """
        INSERT INTO segment (series_uid, segment_number, label, region) VALUES (@SeriesUid, @SegmentNumber, @Label, @Region)
        ON CONFLICT (series_uid, segment_number) DO NOTHING
        """;

    private const string MarkReceiving = "UPDATE study SET state = 'receiving', updated_ms = @NowMs WHERE study_uid = @StudyUid";

    private const string InsertSource = """
        INSERT INTO source_file (source_sha256, center_code, outcome, pseudonym, recorded_ms) VALUES (@SourceSha256, @CenterCode, @Outcome, @Pseudonym, @NowMs)
        ON CONFLICT (source_sha256, center_code) DO NOTHING
        """;

    /// <summary>Which of these files went into the registry before.</summary>
    /// <param name="sourceSha256s">SHA-256 of the files' bytes; some hundreds at most.</param>
    /// <param name="centerCode">Centre that they belong to; null asks for any.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlySet<string>> FindKnownSourcesAsync(IReadOnlyList<string> sourceSha256s, string? centerCode, CancellationToken ct)
    {
        // One parameter per hash: a list parameter is not the same SQL on both engines.
        DynamicParameters args = new();
        args.Add("CenterCode", centerCode);
        string[] names = new string[sourceSha256s.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = $"@h{i}";
            args.Add($"h{i}", sourceSha256s[i]);
        }
        if (names.Length == 0)
            return new HashSet<string>(StringComparer.Ordinal);
        string sql = $"SELECT source_sha256 FROM source_file WHERE center_code = COALESCE(@CenterCode, center_code) AND source_sha256 IN ({string.Join(',', names)})";
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return (await db.QueryAsync<string>(new CommandDefinition(sql, args, cancellationToken: ct))).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Takes instances in, in one transaction, in the order given. A study that gets a new instance is receiving again.</summary>
    /// <returns>What became of each, in the order given.</returns>
    public async Task<IReadOnlyList<Reception>> AddAsync(IReadOnlyList<ReceivedInstance> instances, CancellationToken ct)
    {
        long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Reception[] receptions = new Reception[instances.Count];
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        HashSet<string> withdrawn = new(StringComparer.Ordinal);
        foreach (var patient in instances.Select(i => (i.Pseudonym, i.CenterCode)).Distinct().OrderBy(p => p.Pseudonym, StringComparer.Ordinal))
        {
            await unit.LockPatientAsync(patient.Pseudonym, patient.CenterCode, nowMs);
            if (await unit.HasWithdrawnAsync(patient.Pseudonym))
                withdrawn.Add(patient.Pseudonym);
        }
        Owners owners = new(unit, nowMs);
        HashSet<string> changedStudies = new(StringComparer.Ordinal);
        for (int i = 0; i < instances.Count; i++)
        {
            receptions[i] = withdrawn.Contains(instances[i].Pseudonym) ? new(ReceptionOutcome.Withdrawn) : await AddAsync(unit, owners, instances[i]);
            if (receptions[i].Outcome == ReceptionOutcome.Stored)
                changedStudies.Add(instances[i].StudyUid);
            if (receptions[i].Outcome is ReceptionOutcome.Stored or ReceptionOutcome.Duplicate)
                await AddSourceAsync(unit, instances[i], receptions[i].Outcome, nowMs);
        }
        foreach (string study in changedStudies.Order(StringComparer.Ordinal))
            await unit.ExecuteAsync(MarkReceiving, new { StudyUid = study, NowMs = nowMs });
        await transaction.CommitAsync(ct);
        return receptions;
    }

    /// <summary>Notes that a file holds an instance that is stored already, so that it is not read again.</summary>
    public async Task AddDuplicateSourceAsync(ReceivedInstance instance, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await unit.LockPatientAsync(instance.Pseudonym);
        if (!await unit.HasWithdrawnAsync(instance.Pseudonym))
            await AddSourceAsync(unit, instance, ReceptionOutcome.Duplicate, clock.GetUtcNow().ToUnixTimeMilliseconds());
        await transaction.CommitAsync(ct);
    }

    private static async Task<Reception> AddAsync(Unit unit, Owners owners, ReceivedInstance instance)
    {
        if (await owners.PatientOfStudyAsync(instance) != instance.Pseudonym)
            return new(ReceptionOutcome.OtherPatient);
        if (await owners.StudyOfSeriesAsync(instance) != instance.StudyUid)
            return new(ReceptionOutcome.OtherStudy);
        int added = await unit.ExecuteAsync(InsertInstance, instance);
        if (added == 0)
        {
            string? blob = await unit.ScalarAsync<string>("SELECT blob_sha256 FROM instance WHERE sop_instance_uid = @SopInstanceUid", instance);
            return blob == instance.BlobSha256 ? new(ReceptionOutcome.Duplicate) : new(ReceptionOutcome.OtherContent, blob);
        }
        foreach (StoredSegment segment in instance.Segments)
            await unit.ExecuteAsync(InsertSegment, new { instance.SeriesUid, segment.SegmentNumber, segment.Label, Region = segment.Region?.ToString() });
        return new(ReceptionOutcome.Stored);
    }

    private static Task<int> AddSourceAsync(Unit unit, ReceivedInstance instance, ReceptionOutcome outcome, long nowMs) =>
        unit.ExecuteAsync(InsertSource, new
        {
            instance.SourceSha256, instance.CenterCode, instance.Pseudonym, Outcome = outcome == ReceptionOutcome.Stored ? "stored" : "duplicate", NowMs = nowMs,
        });

    /// <summary>Makes the rows of studies and series when an instance is the first of them, and remembers whose they are for the batch.</summary>
    private sealed class Owners(Unit unit, long nowMs)
    {
        private readonly Dictionary<string, string?> _patientOfStudy = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (string? Study, long? AcquiredMs)> _series = new(StringComparer.Ordinal);

        public async Task<string?> PatientOfStudyAsync(ReceivedInstance instance)
        {
            if (_patientOfStudy.TryGetValue(instance.StudyUid, out string? patient))
                return patient;
            await unit.ExecuteAsync(UpsertStudy, new
            {
                instance.StudyUid, instance.Pseudonym, instance.CenterCode, StudyDate = SqlDate.Of(instance.StudyDate), NowMs = nowMs,
            });
            patient = await unit.ScalarAsync<string>("SELECT pseudonym FROM study WHERE study_uid = @StudyUid", instance);
            return _patientOfStudy[instance.StudyUid] = patient;
        }

        public async Task<string?> StudyOfSeriesAsync(ReceivedInstance instance)
        {
            if (!_series.TryGetValue(instance.SeriesUid, out (string? Study, long? AcquiredMs) series))
            {
                await unit.ExecuteAsync(UpsertSeries, instance);
                series = (await unit.ScalarAsync<string>("SELECT study_uid FROM series WHERE series_uid = @SeriesUid", instance), null);
            }
            bool earlier = instance.AcquiredMs is { } ms && (series.AcquiredMs is null || ms < series.AcquiredMs) && series.Study == instance.StudyUid;
            if (earlier)
            {
                await unit.ExecuteAsync(UpdateAcquired, instance);
                series.AcquiredMs = instance.AcquiredMs;
            }
            _series[instance.SeriesUid] = series;
            return series.Study;
        }
    }
}
