using System.Data.Common;
using System.Globalization;
using Dapper;
using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Cohort;

/// <summary>What is known of patients, as far as a cohort needs it: records, the scan of each visit, required values. Patients who withdrew are not here.</summary>
internal sealed class CohortRows
{
    private const string SelectPatients =
        "SELECT p.pseudonym, p.center_code FROM patient p WHERE NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.pseudonym = p.pseudonym)";

    private const string SelectRecords = """
        SELECT c.pseudonym, c.center_code, c.treatment_start, c.entry_quarter, c.response, c.pfs_months, c.pfs_event, u.response AS response_in_use,
            COALESCE((SELECT MAX(o.revision) FROM outcome_revision o WHERE o.pseudonym = c.pseudonym), 0) AS outcome_revision,
            (SELECT COUNT(*) FROM outcome_revision o WHERE o.pseudonym = c.pseudonym AND o.source = 'adjudicated') AS adjudications
        FROM clinical_record c LEFT JOIN label_in_use u ON u.pseudonym = c.pseudonym
        WHERE NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.pseudonym = c.pseudonym)
        """;

    private const string SelectRuns = """
        SELECT r.run_id, s.pseudonym, s.visit, s.study_date
        FROM extraction_run r JOIN study s ON s.study_uid = r.study_uid
        WHERE r.profile_sha256 = @ProfileSha256 AND r.superseded = 0 AND r.completed_ms IS NOT NULL AND s.visit IS NOT NULL
          AND EXISTS (SELECT 1 FROM feature_value v WHERE v.run_id = r.run_id)
        """;

    private readonly CohortOptions _options;
    private readonly string[] _required;
    private readonly HashSet<(string Pseudonym, string Name)> _known;

    private CohortRows(
        IReadOnlyList<PatientRow> patients, Dictionary<string, RecordRow> records, Dictionary<string, VisitScans> scans,
        HashSet<(string Pseudonym, string Name)> known, CohortOptions options)
    {
        Patients = patients;
        Records = records;
        Scans = scans;
        _known = known;
        _options = options;
        _required = options.RequiredValueNames();
    }

    /// <summary>Everybody, in ordinal order of the pseudonym.</summary>
    public IReadOnlyList<PatientRow> Patients { get; }

    /// <summary>Clinical records by pseudonym.</summary>
    public IReadOnlyDictionary<string, RecordRow> Records { get; }

    /// <summary>Scans with features of patients with a record, by pseudonym.</summary>
    public IReadOnlyDictionary<string, VisitScans> Scans { get; }

    /// <summary>Reads everybody, or one patient.</summary>
    public static async Task<CohortRows> ReadAsync(DbConnection db, string profileSha256, string? pseudonym, CohortOptions options, CancellationToken ct)
    {
        DynamicParameters args = new(new { ProfileSha256 = profileSha256, Pseudonym = pseudonym });
        Dictionary<string, RecordRow> records = (await QueryAsync<RecordRow>(SelectRecords, "c")).ToDictionary(r => r.Pseudonym, StringComparer.Ordinal);
        Dictionary<string, VisitScans> scans = new(StringComparer.Ordinal);
        foreach (RunRow run in await QueryAsync<RunRow>(SelectRuns, "s"))
        {
            if (!records.TryGetValue(run.Pseudonym, out RecordRow? record))
                continue;
            if (!scans.TryGetValue(run.Pseudonym, out VisitScans? visits))
                scans.Add(run.Pseudonym, visits = new VisitScans(options.PostMriDay));
            visits.Offer(run, DateOnly.Parse(record.TreatmentStart, CultureInfo.InvariantCulture));
        }
        PatientRow[] patients = [.. (await QueryAsync<PatientRow>(SelectPatients, "p")).OrderBy(p => p.Pseudonym, StringComparer.Ordinal)];
        return new(patients, records, scans, await ReadKnownAsync(), options);

        Task<IEnumerable<T>> QueryAsync<T>(string sql, string alias) =>
            db.QueryAsync<T>(new CommandDefinition(pseudonym is null ? sql : $"{sql} AND {alias}.pseudonym = @Pseudonym", args, cancellationToken: ct));

        async Task<HashSet<(string, string)>> ReadKnownAsync()
        {
            string[] required = options.RequiredValueNames();
            if (required.Length == 0)
                return [];
            for (int i = 0; i < required.Length; i++)
                args.Add($"n{i}", required[i]);
            string names = string.Join(',', required.Select((_, i) => $"@n{i}"));
            return [.. await QueryAsync<(string, string)>($"SELECT v.pseudonym, v.name FROM clinical_value v WHERE v.name IN ({names})", "v")];
        }
    }

    /// <summary>Whether a patient can be in a snapshot taken on a day.</summary>
    public PatientReadiness Judge(PatientRow patient, DateOnly today)
    {
        RecordRow? record = Records.GetValueOrDefault(patient.Pseudonym);
        VisitScans? scans = Scans.GetValueOrDefault(patient.Pseudonym);
        OutcomeFacts? facts = record?.ToFacts();
        OutcomeLabel label = facts is null ? new(LabelState.Pending, null) : LabelClock.Read(facts, _options, today);
        string[] missing = record is null ? [] : [.. _required.Where(name => !_known.Contains((patient.Pseudonym, name)))];
        return new()
        {
            Pseudonym = patient.Pseudonym,
            CenterCode = patient.CenterCode,
            EntryQuarter = record?.EntryQuarter,
            Response = record?.Response,
            Label = label,
            OutcomeRevision = (int)(record?.OutcomeRevision ?? 0),
            Pre = scans?.Pre,
            Post = scans?.Post,
            Reasons = Eligibility.Judge(facts, label, scans?.Pre, scans?.Post, missing, _options),
        };
    }

    internal sealed record PatientRow
    {
        public required string Pseudonym { get; init; }
        public required string CenterCode { get; init; }
    }

    internal sealed record RecordRow
    {
        public required string Pseudonym { get; init; }
        public required string CenterCode { get; init; }
        public required string TreatmentStart { get; init; }
        public required string EntryQuarter { get; init; }
        public string? Response { get; init; }
        public double? PfsMonths { get; init; }
        public long? PfsEvent { get; init; }
        public string? ResponseInUse { get; init; }
        public required long OutcomeRevision { get; init; }
        public required long Adjudications { get; init; }

        private bool? Event => PfsEvent is null ? null : PfsEvent != 0;

        public OutcomeFacts ToFacts() => new()
        {
            EntryQuarter = EntryQuarter,
            Response = Response,
            PfsMonths = PfsMonths,
            PfsEvent = Event,
            IsAdjudicated = Adjudications > 0,
            ResponseInUse = ResponseInUse,
        };

        public CohortPatient ToPatient() => new()
        {
            Pseudonym = Pseudonym,
            CenterCode = CenterCode,
            EntryQuarter = EntryQuarter,
            Response = Response,
            PfsMonths = PfsMonths,
            PfsEvent = Event,
        };
    }

    internal sealed record RunRow
    {
        public required string RunId { get; init; }
        public required string Pseudonym { get; init; }
        public required string Visit { get; init; }
        public string? StudyDate { get; init; }
    }

    /// <summary>The scan that stands for each visit of a patient when there are several.</summary>
    internal sealed class VisitScans(int postDay)
    {
        private (int Distance, string RunId) _pre, _post;

        public VisitScan? Pre { get; private set; }

        public VisitScan? Post { get; private set; }

        /// <summary>Keeps the scan closest to the start (before it) and closest to its day (after it); ties by run key.</summary>
        public void Offer(RunRow run, DateOnly treatmentStart)
        {
            int? day = run.StudyDate is null ? null : DateOnly.Parse(run.StudyDate, CultureInfo.InvariantCulture).DayNumber - treatmentStart.DayNumber;
            bool isPre = run.Visit == nameof(Visit.PreTreatment);
            (int, string) rank = (Math.Abs((day ?? 0) - (isPre ? 0 : postDay)), run.RunId);
            if (isPre && (Pre is null || rank.CompareTo(_pre) < 0))
                (Pre, _pre) = (new(run.RunId, day), rank);
            else if (!isPre && (Post is null || rank.CompareTo(_post) < 0))
                (Post, _post) = (new(run.RunId, day), rank);
        }
    }
}
