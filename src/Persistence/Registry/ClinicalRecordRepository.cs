using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace HccPipeline.Persistence.Registry;

/// <summary>Clinical records, one per patient, each change a new revision; outcomes keep their history (<see cref="OutcomeRepository"/>).</summary>
public sealed class ClinicalRecordRepository(DbDataSource database, TimeProvider clock)
{
    private const string SelectHash = "SELECT content_sha256 FROM clinical_record WHERE pseudonym = @Pseudonym";

    private const string Upsert = """
        INSERT INTO clinical_record (pseudonym, center_code, content_sha256, revision, treatment_start, entry_quarter,
            response, pfs_months, pfs_event, announced_ms, recorded_ms)
        VALUES (@Pseudonym, @CenterCode, @ContentSha256, 1, @TreatmentStart, @EntryQuarter, @Response, @PfsMonths, @PfsEvent, NULL, @NowMs)
        ON CONFLICT (pseudonym) DO UPDATE SET
            content_sha256 = excluded.content_sha256, revision = clinical_record.revision + 1, treatment_start = excluded.treatment_start,
            entry_quarter = excluded.entry_quarter, response = excluded.response, pfs_months = excluded.pfs_months,
            pfs_event = excluded.pfs_event, announced_ms = NULL, recorded_ms = excluded.recorded_ms
        """;

    private const string InsertValue = "INSERT INTO clinical_value (pseudonym, name, value) VALUES (@Pseudonym, @Name, @Value)";

    private const string SelectNotAnnounced = """
        SELECT pseudonym, revision,
            CASE WHEN response IS NOT NULL OR pfs_months IS NOT NULL THEN 1 ELSE 0 END AS has_outcome
        FROM clinical_record WHERE announced_ms IS NULL AND recorded_ms <= @RecordedUntilMs ORDER BY pseudonym
        """;

    private const string MarkAnnounced = """
        UPDATE clinical_record SET announced_ms = @NowMs WHERE pseudonym = @Pseudonym AND revision = @Revision AND announced_ms IS NULL
        """;

    /// <summary>Stores records in one transaction; one that is stored already changes nothing.</summary>
    /// <returns>What became of each, in the order given.</returns>
    public async Task<IReadOnlyList<ClinicalOutcome>> StoreAsync(IReadOnlyList<ClinicalRecord> records, CancellationToken ct)
    {
        long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        ClinicalOutcome[] outcomes = new ClinicalOutcome[records.Count];
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        // Patients in one order for every writer: two writers never hold what the other waits for.
        foreach (int i in Enumerable.Range(0, records.Count).OrderBy(i => records[i].Pseudonym, StringComparer.Ordinal))
            outcomes[i] = await StoreAsync(new(db, transaction, ct), records[i], nowMs);
        await transaction.CommitAsync(ct);
        return outcomes;
    }

    /// <summary>Records whose present revision has not been announced.</summary>
    /// <param name="recordedUntilMs">Only those recorded up to this instant, ms; <see cref="long.MaxValue"/> for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<ClinicalAnnouncement>> ListNotAnnouncedAsync(long recordedUntilMs, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<ClinicalAnnouncement>(new CommandDefinition(
            SelectNotAnnounced, new { RecordedUntilMs = recordedUntilMs }, cancellationToken: ct))];
    }

    /// <summary>Notes that a revision was announced; without effect when there is a later one.</summary>
    public async Task MarkAnnouncedAsync(ClinicalAnnouncement announcement, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(
            MarkAnnounced,
            new { announcement.Pseudonym, announcement.Revision, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() },
            cancellationToken: ct));
    }

    private static async Task<ClinicalOutcome> StoreAsync(Unit unit, ClinicalRecord record, long nowMs)
    {
        await unit.LockPatientAsync(record.Pseudonym, record.CenterCode, nowMs);
        if (await unit.HasWithdrawnAsync(record.Pseudonym))
            return ClinicalOutcome.Withdrawn;
        string sha256 = ContentSha256(record);
        string? stored = await unit.ScalarAsync<string?>(SelectHash, new { record.Pseudonym });
        if (stored == sha256)
            return ClinicalOutcome.Unchanged;
        string? response = await OutcomeHistory.AppendRecordedAsync(unit, record, nowMs);
        await unit.ExecuteAsync(Upsert, new
        {
            record.Pseudonym,
            record.CenterCode,
            ContentSha256 = sha256,
            TreatmentStart = SqlDate.Of(record.TreatmentStart),
            record.EntryQuarter,
            Response = response,
            record.PfsMonths,
            PfsEvent = record.PfsEvent is { } seen ? (seen ? 1L : 0L) : (long?)null,
            NowMs = nowMs,
        });
        await unit.ExecuteAsync("DELETE FROM clinical_value WHERE pseudonym = @Pseudonym", new { record.Pseudonym });
        foreach ((string name, double value) in record.Values)
            await unit.ExecuteAsync(InsertValue, new { record.Pseudonym, Name = name, Value = value });
        return stored is null ? ClinicalOutcome.New : ClinicalOutcome.Changed;
    }

    private static string ContentSha256(ClinicalRecord record)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{record.CenterCode}\n{SqlDate.Of(record.TreatmentStart)}\n{record.EntryQuarter}\n");
        text.Append(CultureInfo.InvariantCulture, $"{record.Response}\n{record.PfsMonths:R}\n{record.PfsEvent}\n");
        foreach ((string name, double value) in record.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{name}={value:R}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
