using System.Diagnostics;
using HccPipeline.Hosting;
using HccPipeline.ModelWorker.Cohort;
using HccPipeline.ModelWorker.Guards;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Takes a snapshot of the cohort that is ready, trains on it and stores the version; one training at a time for a cohort.</summary>
public sealed class RetrainingService(
    TrainingLock trainings, SnapshotTaker snapshots, GuardService guards, IBlobStore blobs, ModelRepository models, TrainingResults results,
    IOptions<ModelWorkerOptions> options)
{
    /// <summary>Trains, unless this snapshot was trained on with this seed by this code: then the stored version is the answer. While another
    /// training has the cohort, in whatever process, it waits.</summary>
    /// <param name="request">What to train, and for whom.</param>
    /// <param name="ct">Stops between fits.</param>
    /// <returns>The version; null when nobody wanted one any more (<see cref="TrainingRequest.StillWanted"/>).</returns>
    /// <exception cref="TrainingException">The cohort can't be learned from, a guard refuses, or somebody asked the training to stop.</exception>
    public async Task<TrainedVersion?> TrainAsync(TrainingRequest request, CancellationToken ct)
    {
        using Activity? span = ModelTelemetry.Source.StartActivity("model.train");
        await using TrainingLease lease = await trainings.TakeAsync(request, ct);
        span?.SetTag("hcc.training_run", lease.RunId);
        try
        {
            if (request.StillWanted is { } wanted && !await wanted(lease.Token))
            {
                await results.EndAsync(lease.RunId, TrainingOutcomes.Unchanged, "Another training was first.");
                return null;
            }
            return await TrainAsync(request, lease);
        }
        catch (Exception e)
        {
            if (await results.EndAsync(lease, request, e, ct) is { } instead)
                throw instead;
            throw;
        }
    }

    private async Task<TrainedVersion> TrainAsync(TrainingRequest request, TrainingLease lease)
    {
        CancellationToken ct = lease.Token;
        TakenSnapshot snapshot = await snapshots.TakeAsync(request.ProfileSha256, ct);
        if (snapshot.Table.Patients.Count == 0)
            throw new TrainingException("No patient is ready: 'hcc status' counts what they wait for, 'hcc cohort --waiting' lists them.");
        Activity.Current?.SetTag("hcc.snapshot_sha256", snapshot.Sha256);
        lease.Learn(snapshot.Table.Patients.Count);
        await lease.ShowAsync(ct);
        if (await models.FindAsync(snapshot.Sha256, request.Seed, CodeVersion, ct) is { } stored)
        {
            await results.EndAsync(lease.RunId, TrainingOutcomes.Unchanged, "The version of this snapshot was there.", stored.ModelVersion);
            return new(stored, Promoted: false, IsNew: false);
        }

        TrainingSettings settings = SettingsFor(snapshot.Sha256, request.ProfileSha256, request.Seed);
        (string measured, string? overriding) = guards.Require(snapshot.Table, settings, request);
        long started = Stopwatch.GetTimestamp();
        TrainedModel model = ModelTrainer.Run(snapshot.Table, settings, lease, ct);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        ModelTelemetry.TrainingDuration.Record(elapsed.TotalSeconds);
        string modelSha256 = await blobs.PutAsync(CanonicalJson.Write(model.Document), ct);
        string heldOutSha256 = await blobs.PutAsync(CanonicalJson.Write(model.HeldOut), ct);
        await snapshots.StoreAsync(snapshot, ct);
        return await results.StoreAsync(
            new ModelVersionRow
            {
                SnapshotSha256 = snapshot.Sha256,
                Seed = request.Seed,
                CodeVersion = CodeVersion,
                ModelSha256 = modelSha256,
                Reason = request.Reason,
                TrainingMs = (long)elapsed.TotalMilliseconds,
                RunId = lease.RunId,
                OverrideReason = overriding,
                Guards = measured,
                HeldOutSha256 = heldOutSha256,
            },
            request, ct);
    }

    private string CodeVersion => CodeVersions.Of(ProgramVersion.Current, options.Value.MissingValues);

    private TrainingSettings SettingsFor(string snapshotSha256, string profileSha256, long seed) => new()
    {
        SnapshotSha256 = snapshotSha256,
        ProfileSha256 = profileSha256,
        Seed = seed,
        Folds = options.Value.Folds,
        CodeVersion = CodeVersion,
        MissingValues = options.Value.MissingValues,
        ImagingCandidates = options.Value.ImagingCandidates,
        ClinicalCandidates = options.Value.ClinicalCandidates,
    };
}
