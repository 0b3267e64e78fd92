using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Models;

/// <summary>Trainings and who holds which cohort. A cohort has one holder at a time, over all processes; one that does not renew its hold in time
/// counts as dead, and the next who asks takes over.</summary>
public sealed class TrainingRunRepository(DbDataSource database, TimeProvider clock, AuditLog audit)
{
    private const string Columns = """
        run_id, profile_sha256, seed, reason, requested_by, override_reason, holder, requested_ms, started_ms, patient_count, stage, steps_done,
        steps_total, cancel_by, finished_ms, outcome, detail, model_version
        """;

    private const string InsertRun = """
        INSERT INTO training_run (run_id, profile_sha256, seed, reason, requested_by, override_reason, holder, requested_ms, started_ms, stage, steps_done, steps_total)
        VALUES (@RunId, @ProfileSha256, @Seed, @Reason, @RequestedBy, @OverrideReason, @Holder, @RequestedMs, @NowMs, 'started', 0, 0)
        """;

    private const string TakeLock = """
        INSERT INTO training_lock (profile_sha256, run_id, lease_until_ms) VALUES (@ProfileSha256, @RunId, @LeaseUntilMs)
        ON CONFLICT (profile_sha256) DO UPDATE SET run_id = excluded.run_id, lease_until_ms = excluded.lease_until_ms
        WHERE training_lock.lease_until_ms <= @NowMs
        """;

    private const string GotHold = "UPDATE training_run SET started_ms = @NowMs WHERE run_id = @RunId";

    private const string AbandonOthers = """
        UPDATE training_run SET finished_ms = @NowMs, outcome = 'abandoned', detail = 'Its process ended without a word; ' || @RunId || ' took over.'
        WHERE profile_sha256 = @ProfileSha256 AND outcome IS NULL AND run_id <> @RunId
        """;

    private const string Renew = "UPDATE training_lock SET lease_until_ms = @LeaseUntilMs WHERE run_id = @RunId";

    private const string Progress = """
        UPDATE training_run SET stage = @Stage, steps_done = @Done, steps_total = @Total, patient_count = COALESCE(@Patients, patient_count)
        WHERE run_id = @RunId AND outcome IS NULL
        """;

    private const string Finish = """
        UPDATE training_run SET finished_ms = @NowMs, outcome = @Outcome, detail = @Detail, model_version = @ModelVersion
        WHERE run_id = @RunId AND outcome IS NULL
        """;

    private const string SelectExpired = $"""
        SELECT {Columns} FROM training_run WHERE run_id IN (SELECT run_id FROM training_lock WHERE lease_until_ms <= @NowMs) ORDER BY started_ms, run_id
        """;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Starts a training if nobody holds its cohort, or if whoever does has not renewed the hold.</summary>
    /// <param name="run">The run, with key, what it is about and who trains.</param>
    /// <param name="lease">Time for which the hold lasts unless it is renewed.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when another holds the cohort; then nothing was stored.</returns>
    public async Task<bool> TryStartAsync(TrainingRunRow run, TimeSpan lease, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        var args = new
        {
            run.RunId, run.ProfileSha256, run.Seed, run.Reason, run.RequestedBy, run.OverrideReason, run.Holder, run.RequestedMs,
            NowMs, LeaseUntilMs = Until(lease),
        };
        await unit.ExecuteAsync(InsertRun, args);
        if (await unit.ExecuteAsync(TakeLock, args) == 0)
            return false;   // the transaction ends with nothing stored
        await unit.ExecuteAsync(GotHold, new { run.RunId, NowMs });   // it may have waited for the end of the one before
        await unit.ExecuteAsync(AbandonOthers, args);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <returns>The training that holds a cohort, or null.</returns>
    public async Task<TrainingRunRow?> FindHolderAsync(string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<TrainingRunRow>(new CommandDefinition(
            $"SELECT {Columns} FROM training_run WHERE run_id = (SELECT run_id FROM training_lock WHERE profile_sha256 = @ProfileSha256)",
            new { ProfileSha256 = profileSha256 }, cancellationToken: ct));
    }

    /// <summary>Says that a training goes on, and how far it is.</summary>
    /// <returns>Whether it may.</returns>
    public async Task<TrainingHold> RenewAsync(string runId, TrainingProgress progress, TimeSpan lease, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        if (await unit.ExecuteAsync(Renew, new { RunId = runId, LeaseUntilMs = Until(lease) }) == 0)
            return TrainingHold.Lost;
        await unit.ExecuteAsync(Progress, new { RunId = runId, progress.Stage, progress.Done, progress.Total, progress.Patients });
        string? cancelBy = await unit.ScalarAsync<string?>("SELECT cancel_by FROM training_run WHERE run_id = @RunId", new { RunId = runId });
        await transaction.CommitAsync(ct);
        return cancelBy is null ? TrainingHold.Held : TrainingHold.CancelAsked;
    }

    /// <summary>Ends a training that gave no new version, and lets go of the cohort.</summary>
    public async Task FinishAsync(string runId, string outcome, string? detail, CancellationToken ct, int? modelVersion = null)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        await FinishAsync(new Unit(db, transaction, ct), runId, outcome, detail, modelVersion);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Lets go of the cohort without an end: whoever comes next takes the training over.</summary>
    public async Task LetGoAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(Renew, new { RunId = runId, LeaseUntilMs = NowMs }, cancellationToken: ct));
    }

    /// <summary>Asks a training to stop. One whose process is dead is ended here.</summary>
    /// <returns>False when there is no such training or it has ended.</returns>
    public async Task<bool> CancelAsync(string runId, string actor, string reason, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        if (await unit.ExecuteAsync("UPDATE training_run SET cancel_by = @Actor WHERE run_id = @RunId AND outcome IS NULL", new { RunId = runId, Actor = actor }) == 0)
            return false;
        if (await unit.ExecuteAsync("DELETE FROM training_lock WHERE run_id = @RunId AND lease_until_ms <= @NowMs", new { RunId = runId, NowMs }) > 0)
            await FinishAsync(unit, runId, TrainingOutcomes.Cancelled, $"Its process had ended; cancelled by {actor}: {reason}", null);
        await audit.AppendAsync(unit, new(actor, "cancel-training", $"training {runId}", reason));
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <returns>A training by its key, or null.</returns>
    public async Task<TrainingRunRow?> FindAsync(string runId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<TrainingRunRow>(new CommandDefinition(
            $"SELECT {Columns} FROM training_run WHERE run_id = @RunId", new { RunId = runId }, cancellationToken: ct));
    }

    /// <returns>The latest trainings, the last first.</returns>
    public async Task<IReadOnlyList<TrainingRunRow>> ListAsync(int limit, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<TrainingRunRow>(new CommandDefinition(
            $"SELECT {Columns} FROM training_run ORDER BY started_ms DESC, run_id DESC LIMIT @Limit", new { Limit = limit }, cancellationToken: ct))];
    }

    /// <returns>Patients in the snapshot that the latest training of a cohort was refused on; null when the latest was not refused, or was before an
    /// instant.</returns>
    public async Task<int?> FindRefusedPatientCountAsync(string profileSha256, long sinceMs, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return (int?)await db.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            """
            SELECT CASE WHEN outcome = 'refused' AND started_ms >= @SinceMs THEN patient_count END FROM training_run
            WHERE profile_sha256 = @ProfileSha256 AND outcome IN ('trained', 'unchanged', 'refused') ORDER BY started_ms DESC, run_id DESC LIMIT 1
            """,
            new { ProfileSha256 = profileSha256, SinceMs = sinceMs }, cancellationToken: ct));
    }

    /// <returns>Trainings that hold a cohort and whose process is dead.</returns>
    public async Task<IReadOnlyList<TrainingRunRow>> ListDeadAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<TrainingRunRow>(new CommandDefinition(SelectExpired, new { NowMs }, cancellationToken: ct))];
    }

    /// <summary>Ends a training whose process is dead without taking it over.</summary>
    /// <returns>False when it lives again, or was taken over.</returns>
    public async Task<bool> AbandonAsync(string runId, string detail, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        if (await unit.ExecuteAsync("DELETE FROM training_lock WHERE run_id = @RunId AND lease_until_ms <= @NowMs", new { RunId = runId, NowMs }) == 0)
            return false;
        await FinishAsync(unit, runId, TrainingOutcomes.Abandoned, detail, null);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Ends a training within the caller's transaction.</summary>
    /// <returns>False when the training does not hold its cohort any more: then nothing of it may be stored.</returns>
    internal async Task<bool> FinishAsync(Unit unit, string runId, string outcome, string? detail, int? modelVersion)
    {
        bool held = await unit.ExecuteAsync("DELETE FROM training_lock WHERE run_id = @RunId", new { RunId = runId }) > 0;
        await unit.ExecuteAsync(Finish, new { RunId = runId, Outcome = outcome, Detail = detail, ModelVersion = modelVersion, NowMs });
        return held;
    }

    private long Until(TimeSpan lease) => (clock.GetUtcNow() + lease).ToUnixTimeMilliseconds();
}
