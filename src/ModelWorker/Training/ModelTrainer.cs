using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Lasso;

namespace HccPipeline.ModelWorker.Training;

/// <summary>Trains the triple of a version. Pure: the same snapshot and settings give the same document, to the bit.</summary>
public static class ModelTrainer
{
    private static readonly string[] Visits = ["pre_", "post_", "delta_"];

    /// <summary>Trains imaging, clinical and combined model on the same folds.</summary>
    /// <exception cref="TrainingException">A class has fewer patients than there are folds, or a model has no candidate.</exception>
    public static ModelDocument Train(CohortSnapshot snapshot, TrainingSettings settings, CancellationToken ct)
    {
        double[] y = snapshot.Progression();
        RequireEnough(y, settings.Folds);
        return Train(snapshot, settings, StratifiedFolds.Create(y, settings.Folds, unchecked((ulong)settings.Seed)), ct);
    }

    /// <summary>The same on given folds, for a table whose rows have been in folds before.</summary>
    /// <param name="snapshot">The table.</param>
    /// <param name="settings">Settings; the seed still makes the folds within the folds.</param>
    /// <param name="foldIds">Fold of each row, from 1.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="TrainingException">A class has fewer patients than there are folds, or a model has no candidate.</exception>
    internal static ModelDocument Train(CohortSnapshot snapshot, TrainingSettings settings, int[] foldIds, CancellationToken ct)
    {
        double[] y = snapshot.Progression();
        RequireEnough(y, settings.Folds);
        string[] imaging = [.. Visits.SelectMany(visit => settings.ImagingCandidates.Select(name => visit + name))];
        string[] clinical = [.. settings.ClinicalCandidates];
        return new ModelDocument
        {
            Schema = ModelDocument.CurrentSchema,
            CodeVersion = settings.CodeVersion,
            SnapshotSha256 = settings.SnapshotSha256,
            ProfileSha256 = settings.ProfileSha256,
            Seed = settings.Seed,
            PatientCount = y.Length,
            ProgressionCount = y.Count(v => v == 1),
            FoldIds = foldIds,
            Models =
            [
                SubmodelTrainer.Train("imaging", snapshot, imaging, y, foldIds, settings, ct),
                SubmodelTrainer.Train("clinical", snapshot, clinical, y, foldIds, settings, ct),
                SubmodelTrainer.Train("combined", snapshot, [.. imaging, .. clinical], y, foldIds, settings, ct),
            ],
        };
    }

    private static void RequireEnough(double[] y, int folds)
    {
        int events = y.Count(v => v == 1), others = y.Length - events;
        if (Math.Min(events, others) < folds)
        {
            string scarce = events < others ? "progression" : "disease control";
            throw new TrainingException(
                $"The cohort has {events} patients with progression and {others} with disease control; {folds}-fold cross-validation needs {folds} of each, so {folds - Math.Min(events, others)} more with {scarce}.");
        }
    }
}
