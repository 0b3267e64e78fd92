using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Drift;

namespace HccPipeline.Reporting.Validation;

/// <summary>The part of the report on time windows and centres.</summary>
internal static class StabilityResults
{
    /// <summary>
    /// Progressions, and disease controls, from which an AUC of a part of the cohort is shown. With ten of each the 95% interval of an AUC
    /// near 0.8 is still about ±0.2; below, it says nothing and the report says so.
    /// </summary>
    public const int MinimumPerClass = 10;

    /// <summary>The fall in AUC that the power of a part is given for.</summary>
    private const double Drop = 0.10;

    /// <param name="patients">Patients.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="leftOut">Their scores by models that had not seen them; null where these were not kept.</param>
    /// <param name="y">Outcomes.</param>
    public static StabilityResult Of(IReadOnlyList<CohortPatient> patients, ModelScores scores, ModelScores? leftOut, double[] y)
    {
        StratumResult all = Stratum("All patients", Enumerable.Range(0, y.Length), scores, leftOut, y);
        return new StabilityResult
        {
            MinimumPerClass = MinimumPerClass,
            Drop = Drop,
            All = all,
            Periods = By(Strata.Year),
            Centers = By(p => p.CenterCode),
        };

        StratumResult[] By(Func<CohortPatient, string> key) =>
        [
            .. Enumerable.Range(0, y.Length)
                .GroupBy(i => key(patients[i]), StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Stratum(g.Key, g, scores, leftOut, y))
                .Select(s => s with { Power = Power(all, s.Patients) }),
        ];
    }

    private static StratumResult Stratum(string name, IEnumerable<int> rows, ModelScores scores, ModelScores? leftOut, double[] y)
    {
        int[] index = [.. rows];
        double[] outcome = [.. index.Select(i => y[i])];
        int events = outcome.Count(v => v == 1), others = outcome.Length - events;
        bool enough = events >= MinimumPerClass && others >= MinimumPerClass;
        return new StratumResult
        {
            Name = name,
            Patients = index.Length,
            Progression = events,
            Auc = enough ? Auc(scores, index, outcome) : null,
            LeftOut = enough && leftOut is not null ? Auc(leftOut, index, outcome) : null,
            Insufficient = enough ? "" : Reason(events, others),
            Power = null,
        };
    }

    private static Estimate Auc(ModelScores scores, int[] rows, double[] y) => Estimates.Of(DeLong.Estimate([.. rows.Select(i => scores.Probability[i])], y));

    // Planned with the share of progression of all patients: a part of this size is meant, not this part.
    private static double? Power(StratumResult all, int size)
    {
        double prevalence = (double)all.Progression / all.Patients;
        bool defined = all.Leading is { Value: > 0.5 and < 1 } && prevalence * size >= 1 && (1 - prevalence) * size >= 1;
        return defined ? AucDropPower.Compute(all.Leading!.Value, prevalence, all.Patients, size, Drop).Power : null;
    }

    private static string Reason(int events, int others) => (events < MinimumPerClass, others < MinimumPerClass) switch
    {
        (true, true) => $"insufficient: {events} with progression and {others} without, fewer than {MinimumPerClass} of each",
        (true, false) => $"insufficient: {events} with progression, fewer than {MinimumPerClass}",
        _ => $"insufficient: {others} without progression, fewer than {MinimumPerClass}",
    };
}
