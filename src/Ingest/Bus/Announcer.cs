using System.Diagnostics;
using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Registry;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Ingest.Bus;

/// <summary>
/// Publishes what was committed and not announced, and notes it afterwards: a crash in between announces it twice, never not at all.
/// Without a bus nothing is published, and the rows wait for a process that has one.
/// </summary>
public sealed partial class Announcer(
    StudyRepository studies, ClinicalRecordRepository clinical, ILogger<Announcer> logger, IBus? bus = null) : IDisposable
{
    // An ingest, the sweeper and the consumer may list the same: one after the other, the second finds it noted.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Announces studies, then clinical records.</summary>
    /// <param name="recordedUntilMs">Clinical records that were stored up to this instant, ms; <see cref="long.MaxValue"/> for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task AnnounceAllAsync(long recordedUntilMs, CancellationToken ct)
    {
        int count = await AnnounceStudiesNotAnnouncedAsync(null, ct) + await AnnounceClinicalRecordsNotAnnouncedAsync(recordedUntilMs, ct);
        if (count > 0)
            LogAnnounced(logger, count);
    }

    /// <summary>Publishes <see cref="StudyIngested"/> for each study that is ready and was not announced.</summary>
    /// <param name="pseudonym">Studies of one patient; null for all.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Number of studies announced.</returns>
    public async Task<int> AnnounceStudiesNotAnnouncedAsync(string? pseudonym, CancellationToken ct)
    {
        if (bus is null)
            return 0;
        return await InTurnAsync(async () => await AnnounceAsync(bus, await studies.ListNotAnnouncedAsync(pseudonym, ct), ct), ct);
    }

    /// <summary>Publishes <see cref="ClinicalRecordUpdated"/>, and <see cref="OutcomeRecorded"/> where there is an outcome, for each record that
    /// was not announced.</summary>
    /// <param name="recordedUntilMs">Those stored up to this instant, ms; <see cref="long.MaxValue"/> for all.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Number of records announced.</returns>
    public async Task<int> AnnounceClinicalRecordsNotAnnouncedAsync(long recordedUntilMs, CancellationToken ct)
    {
        if (bus is null)
            return 0;
        return await InTurnAsync(async () => await AnnounceAsync(bus, await clinical.ListNotAnnouncedAsync(recordedUntilMs, ct), ct), ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<int> AnnounceAsync(IBus bus, IReadOnlyList<StudyAnnouncement> waiting, CancellationToken ct)
    {
        Activity? delivery = Activity.Current;
        int announced = 0;
        foreach (StudyAnnouncement study in waiting)
        {
            using (IngestTelemetry.StartStudy(study.StudyUid))
            {
                await bus.Publish(
                    new StudyIngested { StudyInstanceUid = study.StudyUid, Pseudonym = study.Pseudonym, CenterCode = study.CenterCode }, ct);
                if (await studies.MarkAnnouncedAsync(study, ct))   // another node may have been first
                    announced++;
            }
            Activity.Current = delivery;
        }
        IngestTelemetry.Studies.Add(announced);
        return announced;
    }

    private async Task<int> AnnounceAsync(IBus bus, IReadOnlyList<ClinicalAnnouncement> waiting, CancellationToken ct)
    {
        foreach (ClinicalAnnouncement record in waiting)
        {
            await bus.Publish(new ClinicalRecordUpdated { Pseudonym = record.Pseudonym }, ct);
            if (record.HasOutcome)
                await bus.Publish(new OutcomeRecorded { Pseudonym = record.Pseudonym }, ct);
            await clinical.MarkAnnouncedAsync(record, ct);
        }
        return waiting.Count;
    }

    private async Task<int> InTurnAsync(Func<Task<int>> announce, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            return await announce();
        }
        finally
        {
            _one.Release();
        }
    }

    [LoggerMessage(1201, LogLevel.Information, "Announced {Count} studies and clinical records")]
    private static partial void LogAnnounced(ILogger logger, int count);
}
