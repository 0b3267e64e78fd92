using System.Security.Cryptography;
using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>Takes snapshots of the patients who are ready.</summary>
public sealed class SnapshotTaker(
    CohortReader cohort, IBlobStore blobs, ModelRepository models, ManifestRepository manifests, IOptions<CohortOptions> rules)
{
    /// <summary>Reads the table of those who are ready. Nothing is stored yet: what nobody learns from is not kept.</summary>
    public async Task<TakenSnapshot> TakeAsync(string profileSha256, CancellationToken ct)
    {
        CohortReading reading = await cohort.ReadCohortAsync(profileSha256, CohortScope.Ready, ct);
        byte[] file = await CohortSnapshotParquet.WriteAsync(reading.Table, ct);
        return new(reading, file, Convert.ToHexStringLower(SHA256.HashData(file)), profileSha256);
    }

    /// <summary>Stores the file, the row and the manifest of a snapshot, unless they are there. A snapshot keeps the manifest that it was first
    /// stored with.</summary>
    /// <exception cref="TrainingException">A patient of the snapshot withdrew after it was taken.</exception>
    public async Task StoreAsync(TakenSnapshot taken, CancellationToken ct)
    {
        CohortSnapshot table = taken.Table;
        IReadOnlyList<string> withdrawn = await manifests.ListWithdrawnAsync(table.Patients.Select(p => p.Pseudonym), ct);
        if (withdrawn.Count > 0)
            throw new TrainingException($"{string.Join(", ", withdrawn)} withdrew while the model was trained: nothing was stored; train again.");
        await blobs.PutAsync(taken.File, ct);
        await models.AddSnapshotAsync(
            taken.Sha256, taken.ProfileSha256, table.Patients.Count, table.Patients.Count(p => p.Progression), table.FeatureNames.Count, ct);
        SnapshotManifest manifest = ManifestBuilder.Build(taken.Reading, taken.Sha256, taken.ProfileSha256, rules.Value);
        string manifestSha256 = await blobs.PutAsync(CanonicalJson.Write(manifest), ct);
        LabelInUse[] labels = [.. taken.Reading.Patients.Where(p => p.IsReady).Select(p => new LabelInUse(p.Pseudonym, p.OutcomeRevision, p.Response!))];
        await manifests.AttachAsync(taken.Sha256, manifestSha256, labels, ct);
    }
}

/// <summary>A snapshot that was taken.</summary>
/// <param name="Reading">Its table and the standing of everyone.</param>
/// <param name="File">Its Parquet file.</param>
/// <param name="Sha256">Hash of the file, its blob key.</param>
/// <param name="ProfileSha256">Hash of the extraction profile.</param>
public sealed record TakenSnapshot(CohortReading Reading, ReadOnlyMemory<byte> File, string Sha256, string ProfileSha256)
{
    /// <summary>The table.</summary>
    public CohortSnapshot Table => Reading.Table;
}
