using HccPipeline.Persistence.Registry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.Ingest.Studies;

/// <summary>Judges the studies of patients and writes the outcome.</summary>
internal sealed partial class PatientJudge(
    StudyRepository studies, ClinicalRecordRepository clinical, IOptions<IngestOptions> options, ILogger<PatientJudge> logger)
{
    /// <summary>Judges these patients, and those whom an ingest that died left unjudged.</summary>
    public async Task<JudgedPatients> JudgeAsync(IEnumerable<string> pseudonyms, CancellationToken ct)
    {
        SortedSet<string> concerned = new(pseudonyms, StringComparer.Ordinal);
        concerned.UnionWith(await studies.ListReceivingPatientsAsync(long.MaxValue, ct));
        List<StudyStanding> standings = [];
        List<QuarantinedItem> rejected = [];
        foreach (string pseudonym in concerned)
        {
            IReadOnlyList<StudyDecision> decisions = await JudgePatientAsync(pseudonym, ct);
            standings.AddRange(await studies.ListStandingsAsync(pseudonym, ct));
            rejected.AddRange(decisions.SelectMany(d => d.Series).Where(s => s.Rejection is not null)
                .Select(s => new QuarantinedItem(QuarantineSubject.Series, s.SeriesUid, s.Rejection!, Before: false)));
        }
        await JudgeUnannouncedAsync(concerned, long.MaxValue, ct);
        return new(standings, rejected);
    }

    /// <summary>Judges patients whose studies received nothing for a while, and those whose clinical record has waited as long
    /// to be announced: what is younger may belong to an ingest that is under way.</summary>
    /// <param name="quietSinceMs">Instant, ms, since which nothing came in of them.</param>
    /// <param name="ct">Cancels.</param>
    public async Task JudgeLeftOverAsync(long quietSinceMs, CancellationToken ct)
    {
        IReadOnlyList<string> receiving = await studies.ListReceivingPatientsAsync(quietSinceMs, ct);
        foreach (string pseudonym in receiving)
            await JudgePatientAsync(pseudonym, ct);
        await JudgeUnannouncedAsync(receiving, quietSinceMs, ct);
    }

    // A record is announced after its patient was judged: one that is not announced may come from an import that died in between.
    private async Task JudgeUnannouncedAsync(IReadOnlyCollection<string> done, long recordedUntilMs, CancellationToken ct)
    {
        foreach (ClinicalAnnouncement record in await clinical.ListNotAnnouncedAsync(recordedUntilMs, ct))
        {
            if (!done.Contains(record.Pseudonym))
                await JudgePatientAsync(record.Pseudonym, ct);
        }
    }

    /// <summary>Judges one patient unless instances are coming in: whoever takes them in judges then, and judges all studies of the patient.</summary>
    public Task JudgeSettledAsync(string pseudonym, CancellationToken ct) =>
        JudgePatientAsync(pseudonym, patient => patient.Studies.All(s => s.State != StudyState.Receiving), ct);

    private Task<IReadOnlyList<StudyDecision>> JudgePatientAsync(string pseudonym, CancellationToken ct) => JudgePatientAsync(pseudonym, _ => true, ct);

    private async Task<IReadOnlyList<StudyDecision>> JudgePatientAsync(string pseudonym, Func<PatientStudies, bool> isDue, CancellationToken ct)
    {
        IReadOnlyList<StudyDecision> decisions = [];
        await studies.JudgeAsync(pseudonym, patient => decisions = isDue(patient) ? StudyJudge.Judge(patient, options.Value) : [], ct);
        foreach (StudyDecision decision in decisions)
        {
            if (decision.WaitingFor is { } waitingFor)
                LogWaiting(logger, decision.StudyUid, waitingFor);
            foreach (SeriesDecision series in decision.Series.Where(s => s.Rejection is not null))
                LogRejected(logger, series.SeriesUid, series.Rejection!.Code);
        }
        return decisions;
    }

    [LoggerMessage(1101, LogLevel.Information, "Study {StudyUid} waits for {WaitingFor}")]
    private static partial void LogWaiting(ILogger logger, string studyUid, string waitingFor);

    [LoggerMessage(1102, LogLevel.Warning, "Series {SeriesUid} can't be used: {Reason}")]
    private static partial void LogRejected(ILogger logger, string seriesUid, string reason);
}

/// <summary>How the studies of some patients stand after they were judged.</summary>
/// <param name="Studies">All studies of these patients.</param>
/// <param name="RejectedSeries">Series that can't be used.</param>
internal sealed record JudgedPatients(IReadOnlyList<StudyStanding> Studies, IReadOnlyList<QuarantinedItem> RejectedSeries);
