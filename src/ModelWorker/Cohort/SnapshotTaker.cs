using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>Takes snapshots of the patients who are ready.</summary>
public sealed class SnapshotTaker(
    CohortReader cohort, IBlobStore blobs, ModelRepository models, ManifestRepository manifests, IOptions<CohortOptions> rules)
{
    /// <summary>Reads the table of those who are ready and stores its file.</summary>
    public async Task<TakenSnapshot> TakeAsync(string profileSha256, CancellationToken ct)
    {
        CohortReading reading = await cohort.ReadCohortAsync(profileSha256, CohortScope.Ready, ct);
        string sha256 = await blobs.PutAsync(await CohortSnapshotParquet.WriteAsync(reading.Table, ct), ct);
        return new(reading, sha256, profileSha256);
    }

    /// <summary>Stores the row of a snapshot and its manifest, unless they are there. A snapshot keeps the manifest that it was first stored with.</summary>
    public async Task StoreAsync(TakenSnapshot taken, CancellationToken ct)
    {
        CohortSnapshot table = taken.Table;
        await models.AddSnapshotAsync(
            taken.Sha256, taken.ProfileSha256, table.Patients.Count, table.Patients.Count(p => p.Progression), table.FeatureNames.Count, ct);
        SnapshotManifest manifest = ManifestBuilder.Build(taken.Reading, taken.Sha256, taken.ProfileSha256, rules.Value);
        string manifestSha256 = await blobs.PutAsync(CanonicalJson.Write(manifest), ct);
        LabelInUse[] labels = [.. taken.Reading.Patients.Where(p => p.Reasons.Count == 0).Select(p => new LabelInUse(p.Pseudonym, p.OutcomeRevision, p.Response!))];
        await manifests.AttachAsync(taken.Sha256, manifestSha256, labels, ct);
    }
}

/// <summary>A snapshot whose file is stored.</summary>
/// <param name="Reading">Its table and the standing of everyone.</param>
/// <param name="Sha256">Hash of its Parquet file, its blob key.</param>
/// <param name="ProfileSha256">Hash of the extraction profile.</param>
public sealed record TakenSnapshot(CohortReading Reading, string Sha256, string ProfileSha256)
{
    /// <summary>The table.</summary>
    public CohortSnapshot Table => Reading.Table;
}
