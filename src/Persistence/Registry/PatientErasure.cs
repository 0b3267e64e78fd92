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
public sealed class PatientErasure(DbDataSource database, IObjectStore objects, AuditLog audit, TimeProvider clock)
{
    private const int NamesPerQuery = 400;
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

    private const string NoteObject =
        "INSERT INTO object_to_delete (object_name, recorded_ms) VALUES (@Name, @NowMs) ON CONFLICT (object_name) DO NOTHING";

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
        await DeleteObjectsAsync(ct);
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
        await DeleteObjectsAsync(ct);
    }

    /// <summary>Deletes the file of an instance that came while its patient withdrew and was not taken in, unless a row leads to it.</summary>
    public async Task DiscardFileAsync(string blobSha256, CancellationToken ct)
    {
        await using (DbConnection db = await database.OpenConnectionAsync(ct))
        {
            var note = new { Name = BlobStore.NameOf(blobSha256), NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
            await db.ExecuteAsync(new CommandDefinition(NoteObject, note, cancellationToken: ct));
        }
        await DeleteObjectsAsync(ct);
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
        foreach (string name in names)
            await unit.ExecuteAsync(NoteObject, new { Name = name, key.NowMs });
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

    /// <summary>Deletes noted objects, but for those that rows of others lead to.</summary>
    private async Task DeleteObjectsAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        string[] noted = [.. await db.QueryAsync<string>(new CommandDefinition("SELECT object_name FROM object_to_delete ORDER BY object_name", cancellationToken: ct))];
        if (noted.Length == 0)
            return;
        HashSet<string> shared = await FindSharedAsync(db, noted, ct);
        foreach (string name in noted)
        {
            if (!shared.Contains(name))
                await DeleteAsync(name, ct);
            await db.ExecuteAsync(new CommandDefinition("DELETE FROM object_to_delete WHERE object_name = @Name", new { Name = name }, cancellationToken: ct));
        }
    }

    private async Task DeleteAsync(string name, CancellationToken ct)
    {
        if (!name.EndsWith('/'))
        {
            await objects.DeleteAsync(name, ct);
            return;
        }
        await objects.DeleteAsync(name + "zarr.json", ct);   // first, so that nobody sees a volume that lacks chunks
        await objects.DeleteFolderAsync(name.TrimEnd('/'), ct);
    }

    private static async Task<HashSet<string>> FindSharedAsync(DbConnection db, string[] noted, CancellationToken ct)
    {
        HashSet<string> shared = new(StringComparer.Ordinal);
        foreach (string[] some in noted.Where(n => !n.EndsWith('/')).Chunk(NamesPerQuery))
        {
            DynamicParameters args = new();
            string list = string.Join(',', some.Select((name, i) =>
            {
                args.Add($"b{i}", name[(name.LastIndexOf('/') + 1)..]);
                return $"@b{i}";
            }));
            foreach (string table in new[] { $"SELECT blob_sha256 FROM instance WHERE blob_sha256 IN ({list})", $"SELECT result_sha256 FROM brick WHERE result_sha256 IN ({list})" })
                shared.UnionWith((await db.QueryAsync<string>(new CommandDefinition(table, args, cancellationToken: ct))).Select(BlobStore.NameOf));
        }
        if (noted.Any(n => n.EndsWith('/')))
        {
            await foreach (string work in db.QueryUnbufferedAsync<string>("SELECT work FROM brick WHERE kind = 'collect'").WithCancellation(ct))
                shared.UnionWith(PatientObjects.VolumesOf(work).Select(v => $"volumes/{v}/"));
        }
        return shared;
    }
}
