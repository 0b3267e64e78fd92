using System.Data.Common;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Models;

/// <summary>What a training gave: the version, the end of the run, the first champion and the audit, in one transaction. A process killed before has
/// stored none of it, one killed after all of it.</summary>
public sealed class TrainedVersionStore(DbDataSource database, TimeProvider clock, AuditLog audit, TrainingRunRepository runs)
{
    /// <summary>Stores a version, unless one with the same snapshot, seed and code is there; ends its training; makes it the champion if there is
    /// none.</summary>
    /// <param name="version">The version; its <see cref="ModelVersionRow.RunId"/> names the training.</param>
    /// <param name="requestedBy">Who asked for the training.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What is stored, or null when the training does not hold its cohort any more: then nothing was.</returns>
    public async Task<StoredVersion?> StoreAsync(ModelVersionRow version, string requestedBy, CancellationToken ct)
    {
        long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        string runId = version.RunId ?? throw new ArgumentException("A version comes from a training.", nameof(version));
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);   // numbers of versions and promotions follow one another
        (ModelVersionRow stored, bool isNew) = await ModelRepository.AddAsync(unit, audit, version, requestedBy, nowMs);
        bool held = await runs.FinishAsync(
            unit, runId, isNew ? TrainingOutcomes.Trained : TrainingOutcomes.Unchanged, isNew ? null : "The version of this snapshot was there.", stored.ModelVersion);
        if (!held)
            return null;
        if (isNew && version.OverrideReason is { } reason)
        {
            await audit.AppendAsync(unit, new(requestedBy, "override-guards", $"model {stored.ModelVersion}", reason, new Dictionary<string, string>
            {
                ["guards"] = version.Guards ?? "", ["run"] = runId,
            }));
        }
        bool promoted = await unit.ScalarAsync<long?>(PromotionRepository.SelectChampion, new { }) is null;
        if (promoted)
        {
            await PromotionRepository.AddAsync(unit, audit, nowMs, null, new()
            {
                ModelVersion = stored.ModelVersion, Kind = PromotionKinds.First, Actor = AuditEntry.Automatic, Reason = "first version",
            });
        }
        await transaction.CommitAsync(ct);
        return new(stored, isNew, promoted);
    }
}

/// <summary>What became of a trained version.</summary>
/// <param name="Version">As stored: the new one, or the one that was there.</param>
/// <param name="IsNew">Whether it was stored now.</param>
/// <param name="Promoted">Whether it became the champion now, because there was none.</param>
public sealed record StoredVersion(ModelVersionRow Version, bool IsNew, bool Promoted);
