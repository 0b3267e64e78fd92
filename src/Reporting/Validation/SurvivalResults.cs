using System.Collections.Immutable;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Nomogram;
using HccPipeline.Statistics.Survival;

namespace HccPipeline.Reporting.Validation;

/// <summary>The part of the report on progression-free survival.</summary>
internal static class SurvivalResults
{
    private const int Low = 1, High = 2;

    public static (SurvivalResult? Result, string Note) Of(IReadOnlyList<CohortPatient> patients, ModelScores scores, double threshold)
    {
        List<double> time = [], status = [];
        List<int> group = [];
        for (int i = 0; i < patients.Count; i++)
        {
            if (patients[i] is not { PfsMonths: { } months, PfsEvent: { } happened }) continue;
            time.Add(months);
            status.Add(happened ? 1 : 0);
            group.Add(scores.Probability[i] >= threshold ? High : Low);
        }
        int missing = patients.Count - time.Count;
        if (time.Count == 0) return (null, "Progression-free survival was recorded for no patient.");
        if (group.Distinct().Count() < 2) return (null, "All patients with recorded progression-free survival fall in the same risk group.");

        double[] times = [.. time], statuses = [.. status];
        int[] groups = [.. group];
        ImmutableSortedDictionary<int, SurvivalCurve> curves = KaplanMeier.EstimateByGroup(times, statuses, groups);
        LogRankResult test = LogRank.Test(times, statuses, groups);
        double[] table = PrettyTicks.Cover(0, Math.Max(times.Max(), 1), 8);
        SurvivalResult result = new()
        {
            RiskThreshold = threshold,
            Groups = [.. curves.Select(c => GroupOf(c.Key == Low ? "low" : "high", c.Value, table))],
            RiskTableMonths = table,
            LogRankChiSquared = test.ChiSquared,
            LogRankP = test.P,
        };
        return (result, missing == 0 ? "" : $"{missing} of {patients.Count} patients are left out: their progression-free survival was not recorded.");
    }

    private static SurvivalGroup GroupOf(string name, SurvivalCurve curve, double[] table)
    {
        SurvivalQuantile median = curve.Median();
        return new SurvivalGroup
        {
            Name = name,
            Patients = curve.Count,
            Events = curve.Events,
            Median = median.Time,
            MedianLower = median.Lower,
            MedianUpper = median.Upper,
            Steps = [.. curve.Steps.Select(s => new SurvivalPoint(s.Time, s.Events, s.Censored, s.Survival, s.Log.Lower, s.Log.Upper))],
            AtRisk = [.. table.Select(curve.AtRiskAt)],
        };
    }
}
