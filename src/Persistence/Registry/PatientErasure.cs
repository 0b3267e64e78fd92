using System.Data.Common;
using System.Globalization;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Workers;

namespace HccPipeline.Persistence.Registry;

/// <summary>
/// Deletes what is stored of patients who withdrew: rows in one transaction, which notes the objects that they led to, then the objects. Stopped
/// anywhere, it is completed by the next call. Snapshots, models and reports that were made before stay as they are.
/// </summary>
public sealed class PatientErasure(DbDataSource database, ObjectErasure objects, AuditLog audit, TimeProvider clock)
{
    private const string Studies = "SELECT study_uid FROM study WHERE pseudonym = @Pseudonym";
    private const string Series = $"SELECT series_uid FROM series WHERE study_uid IN ({Studies})";
    private const string Runs = $"SELECT run_id FROM extraction_run WHERE study_uid IN ({Studies})";

    // What somebody has in hand would be written after everything was deleted.
    private const string CountInWork = """
        SELECT COUNT(*) FROM brick b JOIN extraction_run r ON r.run_id = b.run_id JOIN study t ON t.study_uid = r.study_uid
        WHERE t.pseudonym = @Pseudonym AND b.state = 'pending' AND b.started_ms IS NOT NULL
          AND EXISTS (SELECT 1 FROM worker w WHERE w.worker_id = b.worker AND w.seen_ms > @SeenSince)
        """;

    private static readonly string[] Deletions =
    [
        $"DELETE FROM feature_value WHERE run_id IN ({Runs})",
        $"DELETE FROM brick WHERE run_id IN ({Runs})",
        $"DELETE FROM extraction_run WHERE study_uid IN ({Studies})",
        $"DELETE FROM quarantine WHERE subject_kind = 'series' AND subject IN ({Series})",
        $"DELETE FROM segment WHERE series_uid IN ({Series})",
        $"DELETE FROM source_file WHERE pseudonym = @Pseudonym OR source_sha256 IN (SELECT source_sha256 FROM instance WHERE series_uid IN ({Series}))",
        $"DELETE FROM instance WHERE series_uid IN ({Series})",
        $"DELETE FROM series WHERE study_uid IN ({Studies})",
        "DELETE FROM study WHERE pseudonym = @Pseudonym",
        "DELETE FROM clinical_value WHERE pseudonym = @Pseudonym",
        "DELETE FROM clinical_record WHERE pseudonym = @Pseudonym",
        "DELETE FROM outcome_revision WHERE pseudonym = @Pseudonym",
        "DELETE FROM label_in_use WHERE pseudonym = @Pseudonym",
        "DELETE FROM prediction WHERE pseudonym = @Pseudonym",
    ];

    private const string MarkErased = "UPDATE withdrawal SET erased_ms = @NowMs WHERE pseudonym = @Pseudonym AND erased_ms IS NULL";

    /// <summary>What is stored of a patient.</summary>
    public async Task<PatientHoldings> CountAsync(string pseudonym, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return new()
        {
            IsKnown = await OfAsync("SELECT COUNT(*) FROM patient WHERE pseudonym = @Pseudonym") > 0,
            HasRecord = await OfAsync("SELECT COUNT(*) FROM clinical_record WHERE pseudonym = @Pseudonym") > 0,
            Studies = await OfAsync("SELECT COUNT(*) FROM study WHERE pseudonym = @Pseudonym"),
            Files = await OfAsync($"SELECT COUNT(*) FROM instance WHERE series_uid IN ({Series})"),
            Runs = await OfAsync($"SELECT COUNT(*) FROM extraction_run WHERE study_uid IN ({Studies})"),
            Values = await OfAsync($"SELECT COUNT(*) FROM feature_value WHERE run_id IN ({Runs})"),
        };

        Task<int> OfAsync(string sql) => db.ExecuteScalarAsync<int>(new CommandDefinition(sql, new { Pseudonym = pseudonym }, cancellationToken: ct));
    }

    /// <summary>Deletes what is stored of a patient who withdrew, unless somebody computes with it at this moment.</summary>
    /// <returns>Bricks that are computed at this moment; 0 when everything is deleted.</returns>
    public async Task<int> EraseAsync(string pseudonym, CancellationToken ct)
    {
        int inWork = await EraseRowsAsync(pseudonym, ct);
        await objects.DeleteNotedAsync(ct);
        return inWork;
    }

    /// <summary>Completes what was begun and not ended: patients whose data somebody was computing with, and objects that were not deleted.</summary>
    public async Task EraseLeftOverAsync(CancellationToken ct)
    {
        string[] waiting;
        await using (DbConnection db = await database.OpenConnectionAsync(ct))
            waiting = [.. await db.QueryAsync<string>(new CommandDefinition("SELECT pseudonym FROM withdrawal WHERE erased_ms IS NULL ORDER BY pseudonym", cancellationToken: ct))];
        foreach (string pseudonym in waiting)
            await EraseRowsAsync(pseudonym, ct);
        await objects.DeleteNotedAsync(ct);
    }

    /// <summary>Deletes the file of an instance that came while its patient withdrew and was not taken in, unless a row leads to it.</summary>
    public async Task DiscardFileAsync(string blobSha256, CancellationToken ct)
    {
        await using (DbConnection db = await database.OpenConnectionAsync(ct))
        await using (DbTransaction transaction = await db.BeginTransactionAsync(ct))
        {
            await objects.NoteAsync(new(db, transaction, ct), [BlobStore.NameOf(blobSha256)]);
            await transaction.CommitAsync(ct);
        }
        await objects.DeleteNotedAsync(ct);
    }

    private async Task<int> EraseRowsAsync(string pseudonym, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var key = new { Pseudonym = pseudonym, NowMs = now.ToUnixTimeMilliseconds(), SeenSince = (now - WorkerRepository.Patience).ToUnixTimeMilliseconds() };
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await unit.LockPatientAsync(pseudonym);
        if (!await unit.HasWithdrawnAsync(pseudonym))
            throw new InvalidOperationException($"Patient {pseudonym} has not withdrawn.");
        int inWork = await unit.ScalarAsync<int>(CountInWork, key);
        if (inWork > 0)
            return inWork;
        IReadOnlySet<string> names = await PatientObjects.NamesAsync(unit, pseudonym);
        await objects.NoteAsync(unit, names);
        foreach (string deletion in Deletions)
            await unit.ExecuteAsync(deletion, key);
        if (await unit.ExecuteAsync(MarkErased, key) > 0)
        {
            await audit.AppendAsync(unit, new(
                AuditEntry.Automatic, "erase-patient", pseudonym, "the patient withdrew",
                new Dictionary<string, string> { ["objects"] = names.Count.ToString(CultureInfo.InvariantCulture) }));
        }
        await transaction.CommitAsync(ct);
        return 0;
    }
}
