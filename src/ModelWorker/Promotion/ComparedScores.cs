using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>A stored version with what its comparison needs.</summary>
/// <param name="ModelVersion">Number.</param>
/// <param name="Document">The model.</param>
/// <param name="Snapshot">The cohort it was trained on.</param>
/// <param name="HeldOut">Scores of its patients by models trained without them; null for a version from before these were kept.</param>
public sealed record ComparedVersion(int ModelVersion, ModelDocument Document, CohortSnapshot Snapshot, HeldOutDocument? HeldOut);

/// <summary>Probabilities of two versions for the same patients. Whoever is in a version's cohort is scored by its folds that left them out; the others
/// are scored by the version itself.</summary>
internal sealed record ComparedScores(double[] Challenger, double[] Champion, double[] Y, int InBothCohorts, int NotScored)
{
    /// <summary>Scores the patients of the challenger's cohort, as they stand in its snapshot.</summary>
    public static ComparedScores Of(ComparedVersion challenger, ComparedVersion champion, string model)
    {
        SubmodelDocument submodel = champion.Document.Models.Single(m => m.Name == model);
        Dictionary<string, int> rowInChampion = champion.Snapshot.Patients.Select((p, row) => (p.Pseudonym, row)).ToDictionary(p => p.Pseudonym, p => p.row, StringComparer.Ordinal);
        List<double> first = [], second = [], y = [];
        int both = 0, refused = 0;
        for (int i = 0; i < challenger.Snapshot.Patients.Count; i++)
        {
            CohortPatient patient = challenger.Snapshot.Patients[i];
            bool inBoth = rowInChampion.TryGetValue(patient.Pseudonym, out int row);
            double? old = inBoth ? champion.HeldOut?.Probabilities[model][row] : Score(submodel, challenger.Snapshot, i);
            if (challenger.HeldOut?.Probabilities[model][i] is not { } now || old is null)
            {
                refused++;
                continue;
            }
            both += inBoth ? 1 : 0;
            first.Add(now);
            second.Add(old.Value);
            y.Add(patient.Progression ? 1 : 0);
        }
        return new([.. first], [.. second], [.. y], both, refused);
    }

    private static double? Score(SubmodelDocument model, CohortSnapshot snapshot, int row)
    {
        Dictionary<string, double> features = model.Logistic.Predictors.Select(p => p.Name).Where(snapshot.Has).ToDictionary(n => n, n => snapshot.Column(n)[row], StringComparer.Ordinal);
        try
        {
            return ModelScorer.Score(model, features).Probability;
        }
        catch (ScoringException)
        {
            return null;
        }
    }
}
