using System.Data.Common;
using System.Globalization;
using Dapper;
using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Cohort;

/// <summary>Reads the cohort as it stands: who is ready to be learned from, who waits and for what, and the table of features.</summary>
public sealed class CohortReader(DbDataSource database)
{
    private const string SelectRecords = """
        SELECT pseudonym, center_code, treatment_start, entry_quarter, response, pfs_months, pfs_event FROM clinical_record
        """;

    private const string SelectRuns = """
        SELECT r.run_id, s.pseudonym, s.visit, s.study_date
        FROM extraction_run r JOIN study s ON s.study_uid = r.study_uid
        WHERE r.profile_sha256 = @ProfileSha256 AND r.superseded = 0 AND r.completed_ms IS NOT NULL AND s.visit IS NOT NULL
          AND EXISTS (SELECT 1 FROM feature_value v WHERE v.run_id = r.run_id)
        """;

    private const string CountReady = """
        SELECT COUNT(*) FROM clinical_record c
        WHERE c.response IS NOT NULL AND 2 = (
            SELECT COUNT(DISTINCT s.visit)
            FROM study s JOIN extraction_run r ON r.study_uid = s.study_uid
            WHERE s.pseudonym = c.pseudonym AND s.visit IS NOT NULL AND r.profile_sha256 = @ProfileSha256
              AND r.superseded = 0 AND r.completed_ms IS NOT NULL
              AND EXISTS (SELECT 1 FROM feature_value v WHERE v.run_id = r.run_id))
        """;

    private const string SelectValues = """
        SELECT v.run_id, v.name, v.value
        FROM feature_value v JOIN extraction_run r ON r.run_id = v.run_id
        WHERE r.profile_sha256 = @ProfileSha256 AND r.superseded = 0
        """;

    /// <summary>Every patient with a clinical record or a study, and what still keeps a patient out of a snapshot.</summary>
    public async Task<IReadOnlyList<PatientReadiness>> ListReadinessAsync(string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var patients = await db.QueryAsync<(string Pseudonym, string CenterCode)>(
            new CommandDefinition("SELECT pseudonym, center_code FROM patient", cancellationToken: ct));
        Dictionary<string, RecordRow> records = await ReadRecordsAsync(db, ct);
        Dictionary<string, VisitRuns> runs = await ReadRunsAsync(db, records, profileSha256, ct);
        return [.. patients
            .OrderBy(p => p.Pseudonym, StringComparer.Ordinal)
            .Select(p => new PatientReadiness(p.Pseudonym, p.CenterCode, Missing(records.GetValueOrDefault(p.Pseudonym), runs.GetValueOrDefault(p.Pseudonym))))];
    }

    /// <summary>How many patients are ready.</summary>
    public async Task<int> CountReadyAsync(string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.ExecuteScalarAsync<int>(new CommandDefinition(CountReady, new { ProfileSha256 = profileSha256 }, cancellationToken: ct));
    }

    /// <returns>Hash of the profile of the latest run, or null before the first.</returns>
    public async Task<string?> FindProfileInUseAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "SELECT profile_sha256 FROM extraction_run WHERE study_uid IS NOT NULL ORDER BY planned_ms DESC, run_id LIMIT 1", cancellationToken: ct));
    }

    /// <summary>The table of features, one row per patient.</summary>
    /// <remarks>Features carry the visit in front (<c>pre_</c>, <c>post_</c>); <c>delta_</c> is post − pre where both exist.</remarks>
    public async Task<CohortSnapshot> ReadAsync(string profileSha256, CohortScope scope, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        Dictionary<string, RecordRow> records = await ReadRecordsAsync(db, ct);
        Dictionary<string, VisitRuns> runs = await ReadRunsAsync(db, records, profileSha256, ct);
        RecordRow[] rows = [.. records.Values.Where(r => scope == CohortScope.Ready
            ? Missing(r, runs.GetValueOrDefault(r.Pseudonym)) is null
            : runs.ContainsKey(r.Pseudonym))];

        FeatureTable table = new(rows.Length);
        Dictionary<string, (int Row, Visit Visit)> rowOfRun = [];
        Dictionary<string, int> rowOfPatient = [];
        for (int row = 0; row < rows.Length; row++)
        {
            VisitRuns visits = runs[rows[row].Pseudonym];
            if (visits.Pre is { } pre)
                rowOfRun[pre.RunId] = (row, Visit.PreTreatment);
            if (visits.Post is { } post)
                rowOfRun[post.RunId] = (row, Visit.PostTreatment);
            rowOfPatient[rows[row].Pseudonym] = row;
        }
        await foreach (ValueRow value in StreamAsync<ValueRow>(db, SelectValues, new { ProfileSha256 = profileSha256 }, ct))
        {
            if (rowOfRun.TryGetValue(value.RunId, out (int Row, Visit Visit) at))
                table.SetImaging(at.Row, at.Visit, value.Name, value.Value);
        }
        await foreach (ClinicalRow value in StreamAsync<ClinicalRow>(db, "SELECT pseudonym, name, value FROM clinical_value", null, ct))
        {
            if (rowOfPatient.TryGetValue(value.Pseudonym, out int row))
                table.SetClinical(row, value.Name, value.Value);
        }
        return new CohortSnapshot([.. rows.Select(r => r.ToPatient())], table.Columns());
    }

    /// <summary>The features of one patient as they are, whether or not the outcome is known.</summary>
    /// <returns>Feature name to value; empty when nothing is known of the patient.</returns>
    public async Task<IReadOnlyDictionary<string, double>> ReadPatientAsync(string profileSha256, string pseudonym, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        Dictionary<string, RecordRow> records = await ReadRecordsAsync(db, ct);
        VisitRuns? runs = (await ReadRunsAsync(db, records, profileSha256, ct)).GetValueOrDefault(pseudonym);
        FeatureTable table = new(rows: 1);
        foreach ((RunRow? run, Visit visit) in new[] { (runs?.Pre, Visit.PreTreatment), (runs?.Post, Visit.PostTreatment) })
        {
            if (run is null)
                continue;
            foreach (ValueRow value in await db.QueryAsync<ValueRow>(new CommandDefinition(
                "SELECT run_id, name, value FROM feature_value WHERE run_id = @RunId", new { run.RunId }, cancellationToken: ct)))
                table.SetImaging(0, visit, value.Name, value.Value);
        }
        foreach (ClinicalRow value in await db.QueryAsync<ClinicalRow>(new CommandDefinition(
            "SELECT pseudonym, name, value FROM clinical_value WHERE pseudonym = @Pseudonym", new { Pseudonym = pseudonym }, cancellationToken: ct)))
            table.SetClinical(0, value.Name, value.Value);
        return table.Columns().ToDictionary(c => c.Key, c => c.Value[0], StringComparer.Ordinal);
    }

    private static IAsyncEnumerable<T> StreamAsync<T>(DbConnection db, string sql, object? args, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return db.QueryUnbufferedAsync<T>(sql, args);
    }

    private static string? Missing(RecordRow? record, VisitRuns? runs) =>
        record is null ? "clinical record"
        : record.Response is null ? "response"
        : runs?.Pre is null ? "features of the pre-treatment MRI"
        : runs.Post is null ? "features of the post-treatment MRI"
        : null;

    private static async Task<Dictionary<string, RecordRow>> ReadRecordsAsync(DbConnection db, CancellationToken ct) =>
        (await db.QueryAsync<RecordRow>(new CommandDefinition(SelectRecords, cancellationToken: ct))).ToDictionary(r => r.Pseudonym, StringComparer.Ordinal);

    private static async Task<Dictionary<string, VisitRuns>> ReadRunsAsync(
        DbConnection db, Dictionary<string, RecordRow> records, string profileSha256, CancellationToken ct)
    {
        Dictionary<string, VisitRuns> byPatient = new(StringComparer.Ordinal);
        foreach (RunRow run in await db.QueryAsync<RunRow>(new CommandDefinition(SelectRuns, new { ProfileSha256 = profileSha256 }, cancellationToken: ct)))
        {
            if (!records.TryGetValue(run.Pseudonym, out RecordRow? record))
                continue;
            if (!byPatient.TryGetValue(run.Pseudonym, out VisitRuns? visits))
                byPatient.Add(run.Pseudonym, visits = new VisitRuns());
            visits.Offer(run, DateOnly.Parse(record.TreatmentStart, CultureInfo.InvariantCulture));
        }
        return byPatient;
    }

    /// <summary>The run that stands for each visit of a patient when there are several.</summary>
    private sealed class VisitRuns
    {
        private const int TargetDaysAfterStart = 56;   // the study's second scan: 8 weeks

        public RunRow? Pre { get; private set; }

        public RunRow? Post { get; private set; }

        private (int Distance, string RunId) _pre = (int.MaxValue, ""), _post = (int.MaxValue, "");

        /// <summary>Keeps the scan closest to the start (before it) and closest to eight weeks (after it); ties by run key.</summary>
        public void Offer(RunRow run, DateOnly treatmentStart)
        {
            int day = run.StudyDate is null ? 0 : DateOnly.Parse(run.StudyDate, CultureInfo.InvariantCulture).DayNumber - treatmentStart.DayNumber;
            if (run.Visit == nameof(Visit.PreTreatment))
            {
                (int, string) rank = (Math.Abs(day), run.RunId);
                if (Pre is null || rank.CompareTo(_pre) < 0)
                    (Pre, _pre) = (run, rank);
            }
            else
            {
                (int, string) rank = (Math.Abs(day - TargetDaysAfterStart), run.RunId);
                if (Post is null || rank.CompareTo(_post) < 0)
                    (Post, _post) = (run, rank);
            }
        }
    }

    private sealed record RunRow
    {
        public required string RunId { get; init; }
        public required string Pseudonym { get; init; }
        public required string Visit { get; init; }
        public string? StudyDate { get; init; }
    }

    private sealed record ValueRow
    {
        public required string RunId { get; init; }
        public required string Name { get; init; }
        public required double Value { get; init; }
    }

    private sealed record ClinicalRow
    {
        public required string Pseudonym { get; init; }
        public required string Name { get; init; }
        public required double Value { get; init; }
    }

    private sealed record RecordRow
    {
        public required string Pseudonym { get; init; }
        public required string CenterCode { get; init; }
        public required string TreatmentStart { get; init; }
        public required string EntryQuarter { get; init; }
        public string? Response { get; init; }
        public double? PfsMonths { get; init; }
        public long? PfsEvent { get; init; }

        public CohortPatient ToPatient() => new()
        {
            Pseudonym = Pseudonym,
            CenterCode = CenterCode,
            EntryQuarter = EntryQuarter,
            Response = Response,
            PfsMonths = PfsMonths,
            PfsEvent = PfsEvent is null ? null : PfsEvent != 0,
        };
    }
}
