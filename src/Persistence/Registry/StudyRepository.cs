using System.Data.Common;
using Dapper;
using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Registry;

/// <summary>Studies: which wait to be judged, how they were judged, and which were announced.</summary>
public sealed class StudyRepository(DbDataSource database, TimeProvider clock)
{
    private const string SelectReceiving =
        "SELECT DISTINCT pseudonym FROM study WHERE state = 'receiving' AND updated_ms <= @QuietSinceMs ORDER BY pseudonym";

    private const string UpdateStudy = """
        UPDATE study SET visit = @Visit, visit_waiting_for = @VisitWaitingFor, state = @State, waiting_for = @WaitingFor, content_sha256 = @ContentSha256,
            announced_ms = NULL, updated_ms = @NowMs
        WHERE study_uid = @StudyUid
        """;

    private const string UpdateSeries = """
        UPDATE series SET sequence = @Sequence, rejected_because = @RejectedBecause, referenced_series_uid = @ReferencedSeriesUid
        WHERE series_uid = @SeriesUid
        """;

    private const string SelectNotAnnounced = """
        SELECT study_uid, pseudonym, center_code, content_sha256 FROM study
        WHERE state = 'ready' AND announced_ms IS NULL AND pseudonym = COALESCE(@Pseudonym, pseudonym) ORDER BY pseudonym, study_uid
        """;

    private const string SelectStanding =
        "SELECT study_uid, pseudonym, visit, state, waiting_for, visit_waiting_for FROM study WHERE pseudonym = @Pseudonym ORDER BY study_uid";

    private const string MarkAnnounced = """
        UPDATE study SET announced_ms = @NowMs
        WHERE study_uid = @StudyUid AND content_sha256 = @ContentSha256 AND state = 'ready' AND announced_ms IS NULL
        """;

    /// <summary>Patients with a study that instances came into since it was judged, in ordinal order.</summary>
    /// <param name="quietSinceMs">Only studies that nothing came into after this instant, ms; <see cref="long.MaxValue"/> for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<string>> ListReceivingPatientsAsync(long quietSinceMs, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<string>(new CommandDefinition(SelectReceiving, new { QuietSinceMs = quietSinceMs }, cancellationToken: ct))];
    }

    /// <summary>
    /// Judges the studies of a patient in one transaction that nobody can add instances in. A study whose content and state would stay as
    /// they are is not touched, so that judging twice is the same as judging once.
    /// </summary>
    /// <param name="pseudonym">The patient.</param>
    /// <param name="judge">Pure: one decision per study, from what is stored.</param>
    /// <param name="ct">Cancels.</param>
    public async Task JudgeAsync(string pseudonym, Func<PatientStudies, IReadOnlyList<StudyDecision>> judge, CancellationToken ct)
    {
        long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await unit.LockPatientAsync(pseudonym);
        PatientStudies patient = await PatientStudiesReader.ReadAsync(unit, pseudonym);
        Dictionary<string, StoredStudy> before = patient.Studies.ToDictionary(s => s.StudyUid, StringComparer.Ordinal);
        foreach (StudyDecision decision in judge(patient))
        {
            StoredStudy study = before[decision.StudyUid];
            bool isNew = study.State == StudyState.Receiving || study.ContentSha256 != decision.ContentSha256;
            bool hasMoved = study.Visit != decision.Visit || study.VisitWaitingFor != decision.VisitWaitingFor;
            if (!isNew && !hasMoved)
                continue;
            await WriteAsync(unit, study, decision, nowMs);
        }
        await transaction.CommitAsync(ct);
    }

    /// <summary>Where the studies of a patient stand.</summary>
    public async Task<IReadOnlyList<StudyStanding>> ListStandingsAsync(string pseudonym, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        IEnumerable<StandingRow> rows = await db.QueryAsync<StandingRow>(
            new CommandDefinition(SelectStanding, new { Pseudonym = pseudonym }, cancellationToken: ct));
        return [.. rows.Select(r => new StudyStanding(
            r.StudyUid, r.Pseudonym, r.Visit is null ? null : Enum.Parse<Visit>(r.Visit), Enum.Parse<StudyState>(r.State, ignoreCase: true), r.WaitingFor, r.VisitWaitingFor))];
    }

    /// <summary>Studies that are ready and whose present content has not been announced.</summary>
    /// <param name="pseudonym">Of one patient; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<StudyAnnouncement>> ListNotAnnouncedAsync(string? pseudonym, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<StudyAnnouncement>(new CommandDefinition(SelectNotAnnounced, new { Pseudonym = pseudonym }, cancellationToken: ct))];
    }

    /// <summary>Notes that a study was announced.</summary>
    /// <returns>False, and nothing is noted, when its content has changed since or it was noted before.</returns>
    public async Task<bool> MarkAnnouncedAsync(StudyAnnouncement study, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.ExecuteAsync(new CommandDefinition(
            MarkAnnounced, new { study.StudyUid, study.ContentSha256, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancellationToken: ct)) == 1;
    }

    private static async Task WriteAsync(Unit unit, StoredStudy study, StudyDecision decision, long nowMs)
    {
        await unit.ExecuteAsync(UpdateStudy, new
        {
            decision.StudyUid,
            Visit = decision.Visit?.ToString(),
            decision.VisitWaitingFor,
            State = decision.WaitingFor is null ? "ready" : "waiting",
            decision.WaitingFor,
            decision.ContentSha256,
            NowMs = nowMs,
        });
        foreach (SeriesDecision series in decision.Series)
        {
            await unit.ExecuteAsync(UpdateSeries, new
            {
                series.SeriesUid, Sequence = series.Sequence?.ToString(), RejectedBecause = series.Rejection?.Detail, series.ReferencedSeriesUid,
            });
        }
        QuarantineEntry[] rejected = [.. decision.Series.Where(s => s.Rejection is not null).Select(s => new QuarantineEntry
        {
            CenterCode = study.CenterCode,
            SubjectKind = QuarantineSubject.Series,
            Subject = s.SeriesUid,
            Rejection = s.Rejection!,
        })];
        await QuarantineRepository.ReplaceAsync(
            unit, study.CenterCode, QuarantineSubject.Series, decision.Series.Select(s => s.SeriesUid), rejected, nowMs);
    }

    private sealed record StandingRow
    {
        public required string StudyUid { get; init; }
        public required string Pseudonym { get; init; }
        public string? Visit { get; init; }
        public required string State { get; init; }
        public string? WaitingFor { get; init; }
        public string? VisitWaitingFor { get; init; }
    }
}

/// <summary>Where a study stands.</summary>
/// <param name="StudyUid">Study Instance UID, de-identified.</param>
/// <param name="Pseudonym">Pseudonym of the patient.</param>
/// <param name="Visit">Its visit; null while not known.</param>
/// <param name="State">Its state.</param>
/// <param name="WaitingFor">What its extraction waits for, in words; null when it is ready.</param>
/// <param name="VisitWaitingFor">Why it has no visit, in words; null when it has one.</param>
public sealed record StudyStanding(string StudyUid, string Pseudonym, Visit? Visit, StudyState State, string? WaitingFor, string? VisitWaitingFor);

/// <summary>A study that is ready and was not announced.</summary>
public sealed record StudyAnnouncement
{
    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>Content that was read.</summary>
    public required string ContentSha256 { get; init; }
}
