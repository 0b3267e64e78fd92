using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Survival;

/// <summary>Cumulative/dynamic AUC at a horizon: rows with the event by the horizon against rows followed beyond it, the former weighted by
/// the inverse probability of not being censored.</summary>
/// <param name="Horizon">The horizon.</param>
/// <param name="Auc">Weighted share of case–control pairs where the case scores higher, ties one half; null when there is no case or no control.</param>
/// <param name="StandardError">Standard error of <paramref name="Auc"/>, the estimation of the weights included; null with it. It is 0 when
/// every case scores above every control.</param>
/// <param name="Lower">Lower confidence limit, auc − z·se, at least 0; null without an AUC.</param>
/// <param name="Upper">Upper confidence limit, auc + z·se, at most 1; null without an AUC.</param>
/// <param name="Cases">Events at or before the horizon.</param>
/// <param name="Controls">Rows followed beyond the horizon.</param>
/// <param name="CensoredBefore">Rows censored at or before the horizon: they count only through the weights.</param>
/// <remarks>Sources: Uno et al., J Am Stat Assoc 2007;102:527–537; Hung and Chiang, Can J Stat 2010;38:8–26; variance from the influence of
/// each row, divisor n − 1: Blanche, Dartigues and Jacqmin-Gadda, Stat Med 2013;32:5381–5397. Weight 1/G(T−), G the Kaplan–Meier curve of
/// censoring, in which an event at the same time comes first.</remarks>
public sealed record TimeDependentAuc(
    double Horizon, double? Auc, double? StandardError, double? Lower, double? Upper, int Cases, int Controls, int CensoredBefore)
{
    /// <summary>Computes the AUC at a horizon and its interval in O(n log n).</summary>
    /// <param name="time">Follow-up times, finite, not negative.</param>
    /// <param name="status">1 event, 0 censored.</param>
    /// <param name="score">Risk score, higher for an earlier event; finite.</param>
    /// <param name="horizon">Horizon in units of time.</param>
    /// <param name="level">Confidence level.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is out of range (row named).</exception>
    public static TimeDependentAuc At(
        ReadOnlySpan<double> time, ReadOnlySpan<double> status, ReadOnlySpan<double> score, double horizon, double level = 0.95)
    {
        FollowUp data = FollowUp.From(time, status);
        Require.SameLength(time.Length, score.Length, nameof(score));
        Require.Finite(score, nameof(score));
        Require.Level(level);
        HorizonPairs pairs = HorizonPairs.At(data, score, horizon);
        if (pairs.Auc is not { } auc)
            return new TimeDependentAuc(horizon, null, null, null, null, pairs.Cases, pairs.Controls, pairs.CensoredBefore);
        double[] influence = pairs.Influence();
        double n = influence.Length, se = Math.Sqrt(n / (n - 1) * influence.Sum(v => v * v)), half = Tails.NormalBound(level) * se;
        return new TimeDependentAuc(
            horizon, auc, se, Math.Max(0, auc - half), Math.Min(1, auc + half), pairs.Cases, pairs.Controls, pairs.CensoredBefore);
    }
}
