using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>A stored version with what its comparison needs.</summary>
/// <param name="ModelVersion">Number.</param>
/// <param name="Document">The model.</param>
/// <param name="Snapshot">The cohort it was trained on.</param>
/// <param name="HeldOut">Scores of its patients by models trained without them; null for a version from before these were kept.</param>
public sealed record ComparedVersion(int ModelVersion, ModelDocument Document, CohortSnapshot Snapshot, HeldOutDocument? HeldOut);

/// <summary>Probabilities of two versions for the same patients, those of the challenger's cohort. Whoever is in a version's cohort is scored by folds that
/// left them out; the others are scored by the version itself.</summary>
/// <param name="Challenger">Probabilities by the challenger.</param>
/// <param name="Champion">Probabilities by the champion.</param>
/// <param name="Y">Outcomes.</param>
/// <param name="InBothCohorts">Of the patients, those of both cohorts.</param>
/// <param name="NotScored">Patients whom one of them can't score.</param>
/// <param name="Draws">Draws of the folds whose mean the scores are; 0 for the one draw that is stored with each version.</param>
/// <param name="Deviation">Standard deviation of the gain in AUC from draw to draw; null where there were not several.</param>
internal sealed record ComparedScores(double[] Challenger, double[] Champion, double[] Y, int InBothCohorts, int NotScored, int Draws, double? Deviation)
{
    /// <summary>Whether two models are one: the same predictors with the same coefficients say the same of everybody.</summary>
    public static bool AreSame(SubmodelDocument first, SubmodelDocument second) =>
        first.Logistic.Intercept.Equals(second.Logistic.Intercept)
        && first.Logistic.Predictors.Select(p => (p.Name, p.Beta)).SequenceEqual(second.Logistic.Predictors.Select(p => (p.Name, p.Beta)));

    /// <summary>Scores the patients of the challenger's cohort, as they stand in its snapshot.</summary>
    public static ComparedScores Of(ComparedVersion challenger, ComparedVersion champion, string model, CancellationToken ct)
    {
        SubmodelDocument submodel = champion.Document.Models.Single(m => m.Name == model);
        HashSet<string> learned = [.. champion.Snapshot.Patients.Select(p => p.Pseudonym)];
        if (AreSame(challenger.Document.Models.Single(m => m.Name == model), submodel))
            champion = challenger;   // one model, and so one set of scores: another draw of folds would tell of the folds
        FoldDraws? draws = champion == challenger ? null : FoldDraws.Make(challenger, champion, model, ct);
        double[][] now = draws?.Challenger ?? Stored(challenger, model), before = draws?.Champion ?? Stored(champion, model);
        Dictionary<string, int> rowInChampion = champion.Snapshot.Patients.Select((p, row) => (p.Pseudonym, row)).ToDictionary(p => p.Pseudonym, p => p.row, StringComparer.Ordinal);
        List<(double[] Now, double[] Before, double Y)> scored = [];
        int both = 0;
        for (int i = 0; i < challenger.Snapshot.Patients.Count; i++)
        {
            CohortPatient patient = challenger.Snapshot.Patients[i];
            double[] first = Of(now, i);
            double[] second = rowInChampion.TryGetValue(patient.Pseudonym, out int row) ? Of(before, row) : Score(submodel, challenger.Snapshot, i) is { } own ? [.. first.Select(_ => own)] : [];
            if (first.Length == 0 || second.Length == 0)
                continue;
            both += learned.Contains(patient.Pseudonym) ? 1 : 0;
            scored.Add((first, second, patient.Progression ? 1 : 0));
        }
        return new(
            [.. scored.Select(s => Mean(s.Now))], [.. scored.Select(s => Mean(s.Before))], [.. scored.Select(s => s.Y)],
            both, challenger.Snapshot.Patients.Count - scored.Count, draws?.Challenger.Length ?? 0, DeviationOf(scored));
    }

    private static double[][] Stored(ComparedVersion version, string model) => version.HeldOut?.Probabilities.GetValueOrDefault(model) is { } draw ? [[.. draw]] : [];

    private static double[] Of(double[][] draws, int row) => [.. draws.Select(draw => draw[row])];

    /// <summary>The probability at the mean of the log odds.</summary>
    private static double Mean(double[] p) => p.Length == 1 ? p[0] : 1 / (1 + Math.Exp(-LogitRecalibration.BoundedLogits(p).Average()));

    private static double? DeviationOf(List<(double[] Now, double[] Before, double Y)> scored)
    {
        int draws = scored.Count == 0 ? 0 : scored[0].Now.Length, events = scored.Count(s => s.Y == 1);
        if (draws < 2 || Math.Min(events, scored.Count - events) < 2)
            return null;
        double[] y = [.. scored.Select(s => s.Y)];
        double[] gains = [.. Enumerable.Range(0, draws).Select(d =>
            DeLong.Estimate([.. scored.Select(s => s.Now[d])], y).Auc - DeLong.Estimate([.. scored.Select(s => s.Before[d])], y).Auc)];
        double mean = gains.Average();
        return Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / (draws - 1));
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
