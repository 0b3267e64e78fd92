using HccPipeline.Persistence.Registry;
using Microsoft.Extensions.Options;

namespace HccPipeline.Ingest.Files;

/// <summary>Writes the rows of one batch of files: instances in one transaction, then what has to go into or out of quarantine.</summary>
internal sealed class BatchWriter(
    InstanceRepository instances, QuarantineRepository quarantine, FileReceiver receiver, PatientErasure erasure, IOptions<IngestOptions> options)
{
    private const int HashDigits = 16;

    /// <summary>Learns which files were in quarantine before.</summary>
    public async Task BeginAsync(IngestTally tally, CancellationToken ct) =>
        tally.QuarantinedBefore = await quarantine.ListSubjectsAsync(tally.QuarantineCenter, QuarantineSubject.File, ct);

    /// <summary>Writes a batch, in its order.</summary>
    public async Task WriteAsync(IngestTally tally, IReadOnlyList<FileVerdict> verdicts, CancellationToken ct)
    {
        FileVerdict[] received = [.. verdicts.Where(v => v.Received is not null)];
        IReadOnlyList<Reception> receptions = received.Length == 0 ? [] : await instances.AddAsync([.. received.Select(v => v.Received!)], ct);
        List<(FileVerdict Verdict, Rejection Reason)> rejected = [.. verdicts.Where(v => v.Rejection is not null).Select(v => (v, v.Rejection!))];
        for (int i = 0; i < received.Length; i++)
        {
            if (await CountAsync(tally, received[i].Received!, receptions[i], ct) is { } rejection)
                rejected.Add((received[i], rejection));
        }
        foreach (FileVerdict known in verdicts.Where(v => v.Known))
            tally.CountKnown(known.Sha256);
        await QuarantineAsync(tally, verdicts, rejected, ct);
        tally.BatchDone(verdicts.Count);
        IngestTelemetry.Files.Add(verdicts.Count - rejected.Count, new KeyValuePair<string, object?>("outcome", "accepted"));
        IngestTelemetry.Files.Add(rejected.Count, new KeyValuePair<string, object?>("outcome", "quarantined"));
    }

    private async Task<Rejection?> CountAsync(IngestTally tally, ReceivedInstance instance, Reception reception, CancellationToken ct)
    {
        switch (reception.Outcome)
        {
            case ReceptionOutcome.Stored:
                tally.CountStored(instance);
                return null;
            case ReceptionOutcome.Duplicate:
                tally.CountDuplicate();
                return null;
            case ReceptionOutcome.OtherContent:
                if (!await receiver.HaveSamePixelsAsync(reception.StoredBlobSha256!, instance.BlobSha256, ct))
                {
                    return new("uid-conflict",
                        $"Another image with the same SOP Instance UID but other pixels is stored (de-identified {instance.SopInstanceUid}); find out which of the two is right, and give the other a UID of its own.");
                }
                await instances.AddDuplicateSourceAsync(instance, ct);
                tally.CountDuplicate();
                return null;
            case ReceptionOutcome.Withdrawn:   // while the batch was read
                await erasure.DiscardFileAsync(instance.BlobSha256, ct);
                return RejectionCodes.Withdrawn(instance.Pseudonym);
            case ReceptionOutcome.OtherPatient:
                return new("study-of-another-patient",
                    $"Its study (de-identified {instance.StudyUid}) belongs to another patient ID or centre already; correct the patient ID or the centre.");
            default:
                return new("series-of-another-study",
                    $"Its series (de-identified {instance.SeriesUid}) belongs to another study already; correct the study or series UID.");
        }
    }

    private async Task QuarantineAsync(
        IngestTally tally, IReadOnlyList<FileVerdict> verdicts, List<(FileVerdict Verdict, Rejection Reason)> rejected, CancellationToken ct)
    {
        QuarantineEntry[] entries = [.. rejected.Select(r => new QuarantineEntry
        {
            CenterCode = tally.QuarantineCenter,
            SubjectKind = QuarantineSubject.File,
            Subject = SubjectOf(r.Verdict),
            Rejection = r.Reason,
        })];
        foreach ((FileVerdict verdict, Rejection reason) in rejected.OrderBy(r => r.Verdict.File.Name, StringComparer.Ordinal))
            tally.Quarantined.Add(new(QuarantineSubject.File, verdict.File.Name, reason, tally.QuarantinedBefore.Contains(SubjectOf(verdict))));
        string[] released = [.. verdicts.Select(SubjectOf).Where(tally.QuarantinedBefore.Contains)];
        if (entries.Length + released.Length > 0)
            await quarantine.ReplaceAsync(tally.QuarantineCenter, QuarantineSubject.File, released, entries, ct);
    }

    private string SubjectOf(FileVerdict verdict) =>
        options.Value.HidePaths && verdict.Sha256.Length > 0 ? "sha256:" + verdict.Sha256[..HashDigits] : verdict.File.Name;
}
