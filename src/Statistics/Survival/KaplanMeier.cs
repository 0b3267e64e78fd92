using System.Collections.Immutable;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Survival;

/// <summary>Kaplan–Meier estimator.</summary>
/// <remarks>Sources: Kaplan and Meier, J Am Stat Assoc 1958;53:457–481; variance of the cumulative hazard by Greenwood's sum
/// Σ d/(r(r − d)); an event comes before a censoring at the same time; times equal to within 1.5·10⁻⁸ are one time.</remarks>
public static class KaplanMeier
{
    /// <summary>Estimates the survival function.</summary>
    /// <param name="time">Follow-up times, finite and not negative, any unit.</param>
    /// <param name="status">1 for an event at that time, 0 for a censoring.</param>
    /// <param name="level">Confidence level of the bands.</param>
    /// <exception cref="ArgumentException">No rows, lengths differ, or a value is out of range (row named).</exception>
    public static SurvivalCurve Estimate(ReadOnlySpan<double> time, ReadOnlySpan<double> status, double level = 0.95)
    {
        Require.Level(level);
        return Estimate(FollowUp.From(time, status), level);
    }

    /// <summary>Estimates one curve per group.</summary>
    /// <param name="time">Follow-up times.</param>
    /// <param name="status">1 event, 0 censored.</param>
    /// <param name="group">Group of each row, any integers.</param>
    /// <param name="level">Confidence level of the bands.</param>
    /// <returns>Curves by group, in ascending order of group.</returns>
    /// <exception cref="ArgumentException">No rows, lengths differ, or a value is out of range (row named).</exception>
    public static ImmutableSortedDictionary<int, SurvivalCurve> EstimateByGroup(
        ReadOnlySpan<double> time, ReadOnlySpan<double> status, ReadOnlySpan<int> group, double level = 0.95)
    {
        FollowUp.Check(time, status);
        Require.SameLength(time.Length, group.Length, nameof(group));
        SortedDictionary<int, (List<double> Time, List<double> Status)> parts = [];
        for (int i = 0; i < time.Length; i++)
        {
            if (!parts.TryGetValue(group[i], out (List<double> Time, List<double> Status) part)) parts[group[i]] = part = ([], []);
            part.Time.Add(time[i]);
            part.Status.Add(status[i]);
        }
        return parts.ToImmutableSortedDictionary(
            p => p.Key, p => Estimate(p.Value.Time.ToArray(), p.Value.Status.ToArray(), level));
    }

    private static SurvivalCurve Estimate(FollowUp data, double level)
    {
        ImmutableArray<SurvivalStep>.Builder steps = ImmutableArray.CreateBuilder<SurvivalStep>();
        double z = Tails.NormalBound(level), survival = 1, variance = 0;
        for (int i = 0; i < data.Length;)
        {
            double t = data.Time[i];
            int atRisk = data.Length - i, events = 0, end = i;
            for (; end < data.Length && data.Time[end] == t; end++)
            {
                if (data.IsEvent[end]) events++;
            }
            if (events > 0)
            {
                survival *= (double)(atRisk - events) / atRisk;
                variance += events / ((double)atRisk * (atRisk - events));
            }
            double se = Math.Sqrt(variance);
            steps.Add(new SurvivalStep(
                t,
                atRisk,
                events,
                end - i - events,
                survival,
                se,
                survival == 0 ? null : survival * se,
                ConfidenceBand.Log(survival, se, z),
                ConfidenceBand.LogLog(survival, se, z),
                ConfidenceBand.Plain(survival, se, z)));
            i = end;
        }
        return new SurvivalCurve(steps.ToImmutable(), data.Length, level);
    }
}
