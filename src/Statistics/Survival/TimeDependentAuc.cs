using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Survival;

/// <summary>Cumulative/dynamic AUC at a horizon: rows with the event by the horizon against rows followed beyond it, the former weighted by
/// the inverse probability of not being censored.</summary>
/// <param name="Horizon">The horizon.</param>
/// <param name="Auc">Weighted share of case–control pairs where the case scores higher, ties one half; null when there is no case or no control.</param>
/// <param name="Cases">Events at or before the horizon.</param>
/// <param name="Controls">Rows followed beyond the horizon.</param>
/// <param name="CensoredBefore">Rows censored at or before the horizon: they count only through the weights.</param>
/// <remarks>Sources: Uno et al., J Am Stat Assoc 2007;102:527–537; Hung and Chiang, Can J Stat 2010;38:8–26. Weight 1/G(T−), G the Kaplan–Meier
/// curve of censoring, in which an event at the same time comes first.</remarks>
public sealed record TimeDependentAuc(double Horizon, double? Auc, int Cases, int Controls, int CensoredBefore)
{
    /// <summary>Computes the AUC at a horizon in O(n log n).</summary>
    /// <param name="time">Follow-up times, finite, not negative.</param>
    /// <param name="status">1 event, 0 censored.</param>
    /// <param name="score">Risk score, higher for an earlier event; finite.</param>
    /// <param name="horizon">Horizon in units of time.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is out of range (row named).</exception>
    public static TimeDependentAuc At(ReadOnlySpan<double> time, ReadOnlySpan<double> status, ReadOnlySpan<double> score, double horizon)
    {
        FollowUp data = FollowUp.From(time, status);
        Require.SameLength(time.Length, score.Length, nameof(score));
        Require.Finite(score, nameof(score));
        List<(double Score, double Weight)> cases = [];
        double uncensored = 1;
        int at = 0, censored = 0;
        while (at < data.Length && data.Time[at] <= horizon)
        {
            int end = at, events = 0;
            for (; end < data.Length && data.Time[end] == data.Time[at]; end++)
            {
                if (!data.IsEvent[end]) continue;
                events++;
                cases.Add((score[data.Order[end]], 1 / uncensored));
            }
            int lost = end - at - events, atRisk = data.Length - at - events;
            if (lost > 0) uncensored *= (double)(atRisk - lost) / atRisk;
            censored += lost;
            at = end;
        }
        double[] controls = new double[data.Length - at];
        for (int i = at; i < data.Length; i++) controls[i - at] = score[data.Order[i]];
        if (cases.Count == 0 || controls.Length == 0) return new TimeDependentAuc(horizon, null, cases.Count, controls.Length, censored);
        Array.Sort(controls);
        double concordant = 0, total = 0;
        foreach ((double s, double w) in cases)
        {
            concordant += w * PlacementValues.ShareBelow(controls, s);
            total += w;
        }
        return new TimeDependentAuc(horizon, concordant / total, cases.Count, controls.Length, censored);
    }
}
