using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>A stored version with what it learned from.</summary>
internal sealed class LearnedVersion
{
    private LearnedVersion(ModelVersionRow row, ModelDocument document, SubmodelDocument submodel, CohortSnapshot snapshot, IReadOnlyList<double>? heldOut)
    {
        (Number, Submodel, Snapshot, HeldOut, ProfileSha256) = (row.ModelVersion, submodel, snapshot, heldOut, document.ProfileSha256);
        Learned = snapshot.Patients.Select(p => p.Pseudonym).ToHashSet(StringComparer.Ordinal);
        LastQuarter = snapshot.Patients.Max(p => p.EntryQuarter) ?? "";
    }

    public int Number { get; }

    public SubmodelDocument Submodel { get; }

    public CohortSnapshot Snapshot { get; }

    /// <summary>Scores of the snapshot's patients by models that had not seen them, in its order; null for versions from before they were kept.</summary>
    public IReadOnlyList<double>? HeldOut { get; }

    public string ProfileSha256 { get; }

    /// <summary>Pseudonyms of the snapshot's patients.</summary>
    public IReadOnlySet<string> Learned { get; }

    /// <summary>Latest quarter of the snapshot.</summary>
    public string LastQuarter { get; }

    /// <returns>The version, or null where it has no such submodel.</returns>
    public static async Task<LearnedVersion?> ReadAsync(IBlobStore blobs, ModelVersionRow row, string submodel, CancellationToken ct)
    {
        ModelDocument document = CanonicalJson.Read<ModelDocument>(await blobs.GetAsync(row.ModelSha256, ct));
        if (document.Models.FirstOrDefault(m => m.Name == submodel) is not { } model)
            return null;
        CohortSnapshot snapshot = await CohortSnapshotParquet.ReadAsync(await blobs.GetAsync(row.SnapshotSha256, ct), ct);
        IReadOnlyList<double>? heldOut = row.HeldOutSha256 is { } key
            ? CanonicalJson.Read<HeldOutDocument>(await blobs.GetAsync(key, ct)).Probabilities.GetValueOrDefault(submodel)
            : null;
        return new(row, document, model, snapshot, heldOut);
    }

    /// <summary>Its patients as a reference.</summary>
    /// <param name="features">Features to compare.</param>
    /// <param name="scanners">Scanner by pseudonym.</param>
    public IEnumerable<DriftPatient> ToReference(IReadOnlyList<string> features, IReadOnlyDictionary<string, string> scanners) =>
        Snapshot.Patients.Select((p, row) => new DriftPatient
        {
            Center = p.CenterCode,
            Window = p.EntryQuarter,
            Progression = p.Progression,
            Score = HeldOut?[row],
            Features = LaterPatients.Features(Snapshot, row, features),
            Scanner = scanners.GetValueOrDefault(p.Pseudonym),
        });
}
