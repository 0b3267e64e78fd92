using System.Diagnostics;
using HccPipeline.Contracts.Models;
using HccPipeline.Hosting;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Takes a snapshot of the cohort that is ready, trains on it and stores the version.</summary>
public sealed class RetrainingService(CohortReader cohort, IBlobStore blobs, ModelRepository models, IOptions<ModelWorkerOptions> options)
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
        CohortSnapshot snapshot = await cohort.ReadAsync(profileSha256, CohortScope.Ready, ct);
        if (snapshot.Patients.Count == 0)
            throw new TrainingException("No patient is ready: 'hcc status' shows what each one waits for.");
        string snapshotSha256 = await blobs.PutAsync(await CohortSnapshotParquet.WriteAsync(snapshot, ct), ct);
        span?.SetTag("hcc.snapshot_sha256", snapshotSha256);

        ModelVersionRow? version = await models.FindAsync(snapshotSha256, seed, CodeVersion, ct);
        if (version is null)
        {
            long started = Stopwatch.GetTimestamp();
            ModelDocument document = ModelTrainer.Train(snapshot, SettingsFor(snapshotSha256, profileSha256, seed), ct);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            ModelTelemetry.TrainingDuration.Record(elapsed.TotalSeconds);
            string modelSha256 = await blobs.PutAsync(CanonicalJson.Write(document), ct);
            await models.AddSnapshotAsync(
                snapshotSha256, profileSha256, snapshot.Patients.Count, snapshot.Patients.Count(p => p.Progression), snapshot.FeatureNames.Count, ct);
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

    // What fills missing values is part of how a version came about: the same snapshot is trained on again when it changes.
    private string CodeVersion => options.Value.MissingValues switch
    {
        MissingValues.Median => $"{ProgramVersion.Current}, missing values filled with medians",
        MissingValues.Multiple => $"{ProgramVersion.Current}, missing values imputed",
        _ => ProgramVersion.Current,
    };

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
