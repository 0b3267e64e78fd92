using System.Data.Common;
using System.Globalization;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Workers;

namespace HccPipeline.Persistence.Registry;

/// <summary>Deletes runs of voxel maps that belong to no study: rows in one transaction, then volumes and maps that no other row leads to. The run of a
/// study goes with its patient alone: models may have been trained on it.</summary>
public sealed class MapRunErasure(DbDataSource database, ObjectErasure objects, AuditLog audit, TimeProvider clock)
{
    // Holds the run until the transaction ends, so that of two who delete it one does.
    private const string Lock = "UPDATE extraction_run SET superseded = superseded WHERE run_id = @RunId AND study_uid IS NULL";

    // What somebody has in hand would be written after everything was deleted.
    private const string CountInWork = """
        SELECT COUNT(*) FROM brick b WHERE b.run_id = @RunId AND b.state = 'pending' AND b.started_ms IS NOT NULL
          AND EXISTS (SELECT 1 FROM worker w WHERE w.worker_id = b.worker AND w.seen_ms > @SeenSince)
        """;

    private const string SelectResults = "SELECT DISTINCT result_sha256 FROM brick WHERE run_id = @RunId AND result_sha256 IS NOT NULL";
    private const string SelectWorks = "SELECT work FROM brick WHERE run_id = @RunId";

    private static readonly string[] Deletions =
    [
        "DELETE FROM feature_value WHERE run_id = @RunId",
        "DELETE FROM brick WHERE run_id = @RunId",
        "DELETE FROM extraction_run WHERE run_id = @RunId",
    ];

    /// <summary>Deletes a run, unless somebody computes it at this moment.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who deletes it.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Bricks that are computed at this moment; 0 when the run is deleted.</returns>
    /// <exception cref="InvalidOperationException">There is no such run, or it belongs to a study.</exception>
    public async Task<int> EraseAsync(string runId, string reason, string actor, CancellationToken ct)
    {
        await using (DbConnection db = await database.OpenConnectionAsync(ct))
        await using (DbTransaction transaction = await db.BeginTransactionAsync(ct))
        {
            Unit unit = new(db, transaction, ct);
            var key = new { RunId = runId, SeenSince = (clock.GetUtcNow() - WorkerRepository.Patience).ToUnixTimeMilliseconds() };
            if (await unit.ExecuteAsync(Lock, key) == 0)
                throw new InvalidOperationException($"There is no run {runId} without a study.");
            int inWork = await unit.ScalarAsync<int>(CountInWork, key);
            if (inWork > 0)
                return inWork;
            HashSet<string> names = [.. (await unit.QueryAsync<string>(SelectResults, key)).Select(BlobStore.NameOf)];
            foreach (string work in await unit.QueryAsync<string>(SelectWorks, key))
                names.UnionWith(PatientObjects.VolumesOf(work).Select(v => $"volumes/{v}/"));
            await objects.NoteAsync(unit, names);
            foreach (string deletion in Deletions)
                await unit.ExecuteAsync(deletion, key);
            Dictionary<string, string> detail = new() { ["objects"] = names.Count.ToString(CultureInfo.InvariantCulture) };
            await audit.AppendAsync(unit, new(actor, "delete-maps", $"run {runId}", reason, detail));
            await transaction.CommitAsync(ct);
        }
        await objects.DeleteNotedAsync(ct);
        return 0;
    }
}
