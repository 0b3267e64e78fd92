using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>Trains a stored version again without some of its patients and says what changes. Nothing is stored.</summary>
public sealed class ReplayService(ModelCatalog catalog, IBlobStore blobs)
{
    /// <summary>Replays a version.</summary>
    /// <param name="modelVersion">Its number.</param>
    /// <param name="without">Pseudonyms of who is left out; with nobody, the answer is whether the version can be trained again.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="TrainingException">There is no such version, its snapshot does not hold one of the patients, or what is left can't be
    /// learned from.</exception>
    public async Task<ReplayResult> ReplayAsync(int modelVersion, IReadOnlyCollection<string> without, CancellationToken ct)
    {
        var (row, document) = await catalog.FindAsync(modelVersion, ct)
            ?? throw new TrainingException($"There is no model version {modelVersion}. 'hcc models list' shows the versions.");
        byte[] stored = await blobs.GetAsync(row.ModelSha256, ct);
        CohortSnapshot table = await CohortSnapshotParquet.ReadAsync(await blobs.GetAsync(row.SnapshotSha256, ct), ct);
        HashSet<string> left = [.. without];
        string[] absent = [.. left.Except(table.Patients.Select(p => p.Pseudonym), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (absent.Length > 0)
            throw new TrainingException($"Version {modelVersion} was not trained on {string.Join(", ", absent)}: without the patient it is what it is.");

        TrainingSettings settings = SettingsOf(document);
        // The others stay in the folds that they were in, so that what changes comes from who is missing and not from new folds.
        int[] folds = [.. document.FoldIds.Where((_, i) => !left.Contains(table.Patients[i].Pseudonym))];
        CohortSnapshot rest = left.Count == 0 ? table : table.Without(left);
        ModelDocument before = ModelTrainer.Train(table, settings, [.. document.FoldIds], ct);
        ModelDocument after = left.Count == 0 ? before : ModelTrainer.Train(rest, settings, folds, ct);
        return ReplayResult.Of(modelVersion, left, (before, table), (after, rest), isReproduced: CanonicalJson.Write(before).AsSpan().SequenceEqual(stored));
    }

    /// <summary>What a version was trained with, read back from its document.</summary>
    internal static TrainingSettings SettingsOf(ModelDocument document) => new()
    {
        SnapshotSha256 = document.SnapshotSha256,
        ProfileSha256 = document.ProfileSha256,
        Seed = document.Seed,
        Folds = document.FoldIds.Max(),
        CodeVersion = document.CodeVersion,
        MissingValues = CodeVersions.MissingValuesOf(document.CodeVersion),
        ImagingCandidates = [.. Offered(document, "imaging").Select(name => name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..]).Distinct(StringComparer.Ordinal)],
        ClinicalCandidates = [.. Offered(document, "clinical")],
    };

    private static IEnumerable<string> Offered(ModelDocument document, string model)
    {
        SubmodelDocument submodel = document.Models.First(m => m.Name == model);
        return submodel.Candidates.Concat(submodel.Excluded.Select(e => e.Name));
    }
}
