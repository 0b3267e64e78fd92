using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Reporting.Validation;

/// <summary>The part of the report on time windows and centres.</summary>
internal static class StabilityResults
{
    /// <summary>
    /// Progressions, and disease controls, from which an AUC of a part of the cohort is shown. With ten of each the 95% interval of an AUC
    /// near 0.8 is still about ±0.2; below, it says nothing and the report says so.
    /// </summary>
    public const int MinimumPerClass = 10;

    public static StabilityResult Of(IReadOnlyList<CohortPatient> patients, ModelScores scores, double[] y) => new()
    {
        MinimumPerClass = MinimumPerClass,
        All = Stratum("All patients", Enumerable.Range(0, y.Length), scores, y),
        Periods = By(patients, Strata.Year, scores, y),
        Centers = By(patients, p => p.CenterCode, scores, y),
    };

    private static StratumResult[] By(IReadOnlyList<CohortPatient> patients, Func<CohortPatient, string> key, ModelScores scores, double[] y) =>
    [
        .. Enumerable.Range(0, y.Length)
            .GroupBy(i => key(patients[i]), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Stratum(g.Key, g, scores, y)),
    ];

    private static StratumResult Stratum(string name, IEnumerable<int> rows, ModelScores scores, double[] y)
    {
        int[] index = [.. rows];
        double[] p = [.. index.Select(i => scores.Probability[i])], outcome = [.. index.Select(i => y[i])];
        int events = outcome.Count(v => v == 1), others = outcome.Length - events;
        bool enough = events >= MinimumPerClass && others >= MinimumPerClass;
        return new StratumResult
        {
            Name = name,
            Patients = index.Length,
            Progression = events,
            Auc = enough ? Auc(p, outcome) : null,
            Insufficient = enough ? "" : Reason(events, others),
        };
    }

    private static Estimate Auc(double[] p, double[] y)
    {
        AucEstimate auc = DeLong.Estimate(p, y);
        return new Estimate(auc.Auc, auc.Lower, auc.Upper);
    }

    private static string Reason(int events, int others) => (events < MinimumPerClass, others < MinimumPerClass) switch
    {
        (true, true) => $"insufficient: {events} with progression and {others} without, fewer than {MinimumPerClass} of each",
        (true, false) => $"insufficient: {events} with progression, fewer than {MinimumPerClass}",
        _ => $"insufficient: {others} without progression, fewer than {MinimumPerClass}",
    };
}
