using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Models;

/// <summary>Snapshots and model versions: rows that are added and never edited.</summary>
public sealed class ModelRepository(DbDataSource database, TimeProvider clock)
{
    private const string InsertSnapshot = """
        INSERT INTO cohort_snapshot (snapshot_sha256, profile_sha256, patient_count, event_count, feature_count, created_ms)
        VALUES (@SnapshotSha256, @ProfileSha256, @PatientCount, @EventCount, @FeatureCount, @NowMs)
        ON CONFLICT (snapshot_sha256) DO NOTHING
        """;

    // One statement finds the next number and takes it; who stores holds the audit, so that nobody else takes a number meanwhile.
    private const string InsertVersion = """
        INSERT INTO model_version (model_version, snapshot_sha256, seed, code_version, model_sha256, reason, training_ms, created_ms,
            run_id, override_reason, guards, held_out_sha256)
        SELECT COALESCE(MAX(model_version), 0) + 1, @SnapshotSha256, @Seed, @CodeVersion, @ModelSha256, @Reason, @TrainingMs, @NowMs,
            @RunId, @OverrideReason, @Guards, @HeldOutSha256
        FROM model_version
        HAVING NOT EXISTS (SELECT 1 FROM model_version
                           WHERE snapshot_sha256 = @SnapshotSha256 AND seed = @Seed AND code_version = @CodeVersion)
        """;

    private const string SelectVersion = """
        SELECT model_version, snapshot_sha256, seed, code_version, model_sha256, reason, training_ms, created_ms,
            run_id, override_reason, guards, held_out_sha256
        FROM model_version
        """;

    private const string SelectSame = SelectVersion + " WHERE snapshot_sha256 = @SnapshotSha256 AND seed = @Seed AND code_version = @CodeVersion";

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Stores a snapshot's row unless it is there; its Parquet file is the blob of the same hash.</summary>
    public async Task AddSnapshotAsync(
        string snapshotSha256, string profileSha256, int patientCount, int eventCount, int featureCount, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { SnapshotSha256 = snapshotSha256, ProfileSha256 = profileSha256, PatientCount = patientCount, EventCount = eventCount, FeatureCount = featureCount, NowMs };
        await db.ExecuteAsync(new CommandDefinition(InsertSnapshot, args, cancellationToken: ct));
    }

    /// <returns>The version trained on this snapshot with this seed by this code, or null.</returns>
    public async Task<ModelVersionRow?> FindAsync(string snapshotSha256, long seed, string codeVersion, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<ModelVersionRow>(new CommandDefinition(
            SelectSame,
            new { SnapshotSha256 = snapshotSha256, Seed = seed, CodeVersion = codeVersion }, cancellationToken: ct));
    }

    /// <returns>A version by its number, or null.</returns>
    public async Task<ModelVersionRow?> FindAsync(int modelVersion, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<ModelVersionRow>(new CommandDefinition(
            SelectVersion + " WHERE model_version = @ModelVersion", new { ModelVersion = modelVersion }, cancellationToken: ct));
    }

    /// <returns>All versions, oldest first.</returns>
    public async Task<IReadOnlyList<ModelVersionRow>> ListAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<ModelVersionRow>(new CommandDefinition(SelectVersion + " ORDER BY model_version", cancellationToken: ct))];
    }

    /// <returns>Versions that have no report yet.</returns>
    public async Task<IReadOnlyList<int>> ListWithoutReportAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. (await db.QueryAsync<long>(new CommandDefinition(
            "SELECT m.model_version FROM model_version m WHERE NOT EXISTS (SELECT 1 FROM report r WHERE r.model_version = m.model_version) ORDER BY m.model_version",
            cancellationToken: ct))).Select(v => (int)v)];
    }

    /// <returns>Patients in the snapshot of the latest version trained on features of a profile, or null when there is none.</returns>
    public async Task<int?> FindLastPatientCountAsync(string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return (int?)await db.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            """
            SELECT s.patient_count FROM model_version m JOIN cohort_snapshot s ON s.snapshot_sha256 = m.snapshot_sha256
            WHERE s.profile_sha256 = @ProfileSha256 ORDER BY m.model_version DESC LIMIT 1
            """,
            new { ProfileSha256 = profileSha256 }, cancellationToken: ct));
    }

    /// <returns>Number of the champion, or null when no version was ever promoted.</returns>
    public async Task<int?> FindChampionAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return (int?)await db.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(PromotionRepository.SelectChampion, cancellationToken: ct));
    }

    /// <summary>Stores a version and its line of the audit within the caller's transaction, which holds the audit; unless it is there.</summary>
    /// <returns>The stored version, and whether it is new.</returns>
    internal static async Task<(ModelVersionRow Stored, bool IsNew)> AddAsync(Unit unit, AuditLog audit, ModelVersionRow version, string requestedBy, long nowMs)
    {
        bool isNew = await unit.ExecuteAsync(InsertVersion, new
        {
            version.SnapshotSha256, version.Seed, version.CodeVersion, version.ModelSha256, version.Reason, version.TrainingMs, NowMs = nowMs,
            version.RunId, version.OverrideReason, version.Guards, version.HeldOutSha256,
        }) > 0;
        ModelVersionRow stored = (await unit.QueryAsync<ModelVersionRow>(SelectSame, new { version.SnapshotSha256, version.Seed, version.CodeVersion })).Single();
        if (isNew)
        {
            Dictionary<string, string> detail = new(StringComparer.Ordinal) { ["model"] = stored.ModelSha256 };
            if (stored.RunId is { } run)
                detail["run"] = run;
            await WitnessedTable.Versions.VouchAsync(unit, detail, "model_version = @ModelVersion", new { stored.ModelVersion });
            await audit.AppendAsync(unit, new(requestedBy, "train", $"model {stored.ModelVersion}", stored.Reason, detail));
        }
        return (stored, isNew);
    }
}
