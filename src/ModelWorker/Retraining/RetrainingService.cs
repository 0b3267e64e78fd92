using System.Diagnostics;
using HccPipeline.Contracts.Models;
using HccPipeline.Hosting;
using HccPipeline.ModelWorker.Cohort;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Takes a snapshot of the cohort that is ready, trains on it and stores the version.</summary>
public sealed class RetrainingService(SnapshotTaker snapshots, IBlobStore blobs, ModelRepository models, IOptions<ModelWorkerOptions> options)
{
    /// <summary>Trains, unless this snapshot was trained on with this seed by this code: then the stored version is the answer.</summary>
    /// <param name="profileSha256">Extraction profile whose features are used.</param>
    /// <param name="seed">Seed of the folds.</param>
    /// <param name="reason">Why, kept with the version.</param>
    /// <param name="ct">Stops between fits.</param>
    /// <returns>The version, and whether it became the champion now because there was none.</returns>
    /// <exception cref="TrainingException">The cohort can't be learned from.</exception>
    public async Task<TrainedVersion> TrainAsync(string profileSha256, long seed, string reason, CancellationToken ct)
    {
        using Activity? span = ModelTelemetry.Source.StartActivity("model.train");
        TakenSnapshot snapshot = await snapshots.TakeAsync(profileSha256, ct);
        if (snapshot.Table.Patients.Count == 0)
            throw new TrainingException("No patient is ready: 'hcc status' counts what they wait for, 'hcc cohort --waiting' lists them.");
        string snapshotSha256 = snapshot.Sha256;
        span?.SetTag("hcc.snapshot_sha256", snapshotSha256);

        ModelVersionRow? version = await models.FindAsync(snapshotSha256, seed, CodeVersion, ct);
        if (version is null)
        {
            long started = Stopwatch.GetTimestamp();
            ModelDocument document = ModelTrainer.Train(snapshot.Table, SettingsFor(snapshotSha256, profileSha256, seed), ct);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            ModelTelemetry.TrainingDuration.Record(elapsed.TotalSeconds);
            string modelSha256 = await blobs.PutAsync(CanonicalJson.Write(document), ct);
            await snapshots.StoreAsync(snapshot, ct);
            version = await models.AddAsync(
                new ModelVersionRow
                {
                    SnapshotSha256 = snapshotSha256,
                    Seed = seed,
                    CodeVersion = CodeVersion,
                    ModelSha256 = modelSha256,
                    Reason = reason,
                    TrainingMs = (long)elapsed.TotalMilliseconds,
                },
                ct);
        }
        bool promoted = await models.PromoteFirstAsync(version.ModelVersion, "first version", ct);
        return new(version, promoted);
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

/// <summary>A stored version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Promoted">Whether it became the champion now.</param>
public sealed record TrainedVersion(ModelVersionRow Version, bool Promoted);
