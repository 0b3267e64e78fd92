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
    public static ModelDocument Train(CohortSnapshot snapshot, TrainingSettings settings, CancellationToken ct) =>
        Run(snapshot, settings, null, ct).Document;

    /// <summary>The same, with the scores of the patients by models trained without them.</summary>
    /// <param name="snapshot">The cohort.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="progress">Told of every step that is done, from several threads; null for nobody.</param>
    /// <param name="ct">Stops between fits.</param>
    /// <exception cref="TrainingException">A class has fewer patients than there are folds, or a model has no candidate.</exception>
    public static TrainedModel Run(CohortSnapshot snapshot, TrainingSettings settings, IProgress<TrainingStep>? progress, CancellationToken ct)
    {
        double[] y = snapshot.Progression();
        RequireEnough(y, settings.Folds);
        return Run(snapshot, settings, StratifiedFolds.Create(y, settings.Folds, unchecked((ulong)settings.Seed)), progress, ct);
    }

    /// <summary>The same on given folds, for a table whose rows have been in folds before.</summary>
    /// <param name="snapshot">The table.</param>
    /// <param name="settings">Settings; the seed still makes the folds within the folds.</param>
    /// <param name="foldIds">Fold of each row, from 1.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="TrainingException">A class has fewer patients than there are folds, or a model has no candidate.</exception>
    internal static ModelDocument Train(CohortSnapshot snapshot, TrainingSettings settings, int[] foldIds, CancellationToken ct) =>
        Run(snapshot, settings, foldIds, null, ct).Document;

    /// <summary>What is offered to each model: its name and the names of its candidates.</summary>
    internal static (string Model, string[] Candidates)[] Offers(TrainingSettings settings)
    {
        string[] imaging = [.. Visits.SelectMany(visit => settings.ImagingCandidates.Select(name => visit + name))];
        string[] clinical = [.. settings.ClinicalCandidates];
        return [("imaging", imaging), ("clinical", clinical), ("combined", [.. imaging, .. clinical])];
    }

    private static TrainedModel Run(CohortSnapshot snapshot, TrainingSettings settings, int[] foldIds, IProgress<TrainingStep>? progress, CancellationToken ct)
    {
        double[] y = snapshot.Progression();
        RequireEnough(y, settings.Folds);
        (string Model, string[] Candidates)[] offers = Offers(settings);
        int steps = offers.Length * SubmodelTrainer.Steps(settings.Folds);
        List<SubmodelDocument> models = [];
        Dictionary<string, IReadOnlyList<double>> heldOut = new(StringComparer.Ordinal);
        foreach ((string name, string[] candidates) in offers)
        {
            (SubmodelDocument model, heldOut[name]) = SubmodelTrainer.Train(
                name, snapshot, candidates, y, foldIds, settings, () => progress?.Report(new($"{name} model", steps)), ct);
            models.Add(model);
        }
        ModelDocument document = new()
        {
            Schema = ModelDocument.CurrentSchema,
            CodeVersion = settings.CodeVersion,
            SnapshotSha256 = settings.SnapshotSha256,
            ProfileSha256 = settings.ProfileSha256,
            Seed = settings.Seed,
            PatientCount = y.Length,
            ProgressionCount = y.Count(v => v == 1),
            FoldIds = foldIds,
            Models = models,
        };
        return new(document, new() { SnapshotSha256 = settings.SnapshotSha256, Probabilities = heldOut });
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

/// <summary>What a training gives.</summary>
/// <param name="Document">The model.</param>
/// <param name="HeldOut">Scores of its patients by models trained without them.</param>
public sealed record TrainedModel(ModelDocument Document, HeldOutDocument HeldOut);
