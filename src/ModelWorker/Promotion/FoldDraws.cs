using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Cohort;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Lasso;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Held-out scores of two versions over several draws of the folds. One draw says as much about its folds as about the version; over draws
/// that are the same for both, what is left of a difference comes from the patients and from the process.</summary>
/// <param name="Challenger">By draw: probabilities of the challenger's patients, in its snapshot's row order.</param>
/// <param name="Champion">By draw: probabilities of the champion's patients, in its snapshot's row order.</param>
internal sealed record FoldDraws(double[][] Challenger, double[][] Champion)
{
    private const int Most = 10;

    // Values of a table times draws: some seconds on two cores. A table too large for one draw has patients enough for folds to matter little.
    private const long Budget = 4_000_000;

    /// <returns>The draws; null where the tables are too large, or where this program does not give the stored scores of a version again, as it works
    /// otherwise than the one that trained it.</returns>
    public static FoldDraws? Make(ComparedVersion challenger, ComparedVersion champion, string model, CancellationToken ct)
    {
        int draws = (int)Math.Min(Most, Budget / Math.Max(ValuesOf(challenger, model), ValuesOf(champion, model)));
        if (draws == 0 || !IsRepeatable(challenger, model, ct) || !IsRepeatable(champion, model, ct))
            return null;
        double[][] first = new double[draws][], second = new double[draws][];
        for (int draw = 1; draw <= draws; draw++)
        {
            first[draw - 1] = HoldOut(challenger, model, FoldsOf(challenger, champion, draw), draw, ct);
            second[draw - 1] = HoldOut(champion, model, FoldsOf(champion, challenger, draw), draw, ct);
        }
        return new(first, second);
    }

    private static long ValuesOf(ComparedVersion version, string model) => (long)version.Snapshot.Patients.Count * Math.Max(1, SubmodelOf(version, model).Candidates.Count);

    private static bool IsRepeatable(ComparedVersion version, string model, CancellationToken ct) =>
        version.HeldOut?.Probabilities.GetValueOrDefault(model) is { } stored
        && stored.SequenceEqual(HoldOut(version, model, [.. version.Document.FoldIds], version.Document.Seed, ct));

    private static double[] HoldOut(ComparedVersion version, string model, int[] folds, long seed, CancellationToken ct) => SubmodelTrainer.HoldOut(
        version.Snapshot, SubmodelOf(version, model).Candidates, folds, ReplayService.SettingsOf(version.Document) with { Seed = seed }, ct);

    /// <summary>A draw for the patients of a version. Those of both cohorts are dealt by themselves, so that both versions have them in the same folds.</summary>
    private static int[] FoldsOf(ComparedVersion version, ComparedVersion other, int draw)
    {
        HashSet<string> others = [.. other.Snapshot.Patients.Select(p => p.Pseudonym)];
        IReadOnlyList<CohortPatient> patients = version.Snapshot.Patients;
        int count = version.Document.FoldIds.Max();
        int[] folds = new int[patients.Count];
        foreach (IGrouping<bool, int> group in Enumerable.Range(0, patients.Count).OrderBy(i => patients[i].Pseudonym, StringComparer.Ordinal).GroupBy(i => others.Contains(patients[i].Pseudonym)))
        {
            int[] rows = [.. group];
            int[] dealt = Deal([.. rows.Select(i => patients[i].Progression ? 1.0 : 0.0)], count, draw);
            for (int i = 0; i < rows.Length; i++)
                folds[rows[i]] = dealt[i];
        }
        return folds;
    }

    private static int[] Deal(double[] y, int folds, int draw)
    {
        int events = y.Count(v => v == 1);
        return y.Length < folds || Math.Min(events, y.Length - events) < 2
            ? [.. Enumerable.Range(0, y.Length).Select(i => ((i + draw) % folds) + 1)]   // too few to be stratified
            : StratifiedFolds.Create(y, folds, unchecked((ulong)draw));
    }

    private static SubmodelDocument SubmodelOf(ComparedVersion version, string model) => version.Document.Models.Single(m => m.Name == model);
}
