using System.Collections.Immutable;

namespace HccPipeline.Statistics.Survival;

/// <summary>Scale on which confidence limits of a survival curve are computed.</summary>
public enum BandScale
{
    /// <summary>log S; R's default.</summary>
    Log,

    /// <summary>log(−log S); the default of many other programs.</summary>
    LogLog,

    /// <summary>S itself.</summary>
    Plain,
}

/// <summary>A quantile of survival time; null where the curve or its limit does not come down far enough.</summary>
/// <param name="Time">First time at which survival is at or below one minus the probability.</param>
/// <param name="Lower">The same time on the lower limit.</param>
/// <param name="Upper">The same time on the upper limit.</param>
public sealed record SurvivalQuantile(double? Time, double? Lower, double? Upper);

/// <summary>Restricted mean survival time.</summary>
/// <param name="Tau">Horizon.</param>
/// <param name="Mean">Area under the curve up to the horizon.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record RestrictedMean(double Tau, double Mean, double StandardError);

/// <summary>A Kaplan–Meier curve.</summary>
/// <param name="Steps">One step per distinct time, ascending, events and censorings.</param>
/// <param name="Count">Rows.</param>
/// <param name="Level">Confidence level of the bands.</param>
public sealed record SurvivalCurve(ImmutableArray<SurvivalStep> Steps, int Count, double Level)
{
    private const double Tolerance = 1.4901161193847656e-08;

    /// <summary>Total events.</summary>
    public int Events => Steps.Sum(s => s.Events);

    /// <summary>Median survival with limits.</summary>
    /// <param name="scale">Scale of the limits.</param>
    public SurvivalQuantile Median(BandScale scale = BandScale.Log) => Quantile(0.5, scale);

    /// <summary>Time by which a share <paramref name="probability"/> has had the event. Where survival equals
    /// 1 − p exactly (to 1.5·10⁻⁸) the midpoint of that time and the next drop is taken, and the last time where no drop follows.</summary>
    /// <remarks>The limits are found by the same rule on the curves of the limits, as in quantile.survfit; one that does not come down to
    /// 1 − p has none. Limits that come within 1.5·10⁻⁸ of 1 − p by chance so move to a midpoint, too.</remarks>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <param name="scale">Scale of the limits.</param>
    public SurvivalQuantile Quantile(double probability, BandScale scale = BandScale.Log)
    {
        if (!(probability is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability strictly between 0 and 1.");
        return new SurvivalQuantile(
            FirstDrop(s => s.Survival, probability),
            FirstDrop(s => Band(s, scale).Lower, probability),
            FirstDrop(s => Band(s, scale).Upper, probability));
    }

    /// <summary>Step in force at a time: the last one at or before it; null before the first step, where survival is 1.</summary>
    /// <param name="time">A time.</param>
    public SurvivalStep? StepAt(double time)
    {
        int after = FirstStepAfter(time);
        return after == 0 ? null : Steps[after - 1];
    }

    /// <summary>Survival probability at a time (right-continuous); after the last time the last value.</summary>
    /// <param name="time">A time.</param>
    public double SurvivalAt(double time) => StepAt(time)?.Survival ?? 1;

    /// <summary>Rows at risk just before a time.</summary>
    /// <param name="time">A time.</param>
    public int AtRiskAt(double time)
    {
        int low = 0, high = Steps.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Steps[middle].Time < time) low = middle + 1;
            else high = middle;
        }
        return low == Steps.Length ? 0 : Steps[low].AtRisk;
    }

    /// <summary>Restricted mean survival time to a horizon; beyond the last time the curve is carried on level.</summary>
    /// <param name="tau">Horizon, positive.</param>
    /// <remarks>Source: Irwin, J Hyg 1949;47:188; variance Σ A(tᵢ)² dᵢ/(rᵢ(rᵢ − dᵢ)), A the area from tᵢ to the horizon.</remarks>
    public RestrictedMean RestrictedMean(double tau)
    {
        if (!(tau > 0)) throw new ArgumentOutOfRangeException(nameof(tau), tau, "The horizon is positive.");
        double area = 0, variance = 0, right = tau;
        for (int k = Steps.Length - 1; k >= 0; k--)
        {
            SurvivalStep step = Steps[k];
            if (step.Time >= tau) continue;
            area += step.Survival * (right - step.Time);
            right = step.Time;
            if (step.Events > 0 && step.AtRisk > step.Events)
                variance += area * area * step.Events / ((double)step.AtRisk * (step.AtRisk - step.Events));
        }
        return new RestrictedMean(tau, area + right, Math.Sqrt(variance));
    }

    private static ConfidenceBand Band(SurvivalStep step, BandScale scale) => scale switch
    {
        BandScale.Log => step.Log,
        BandScale.LogLog => step.LogLog,
        _ => step.Plain,
    };

    private int FirstStepAfter(double time)
    {
        int low = 0, high = Steps.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Steps[middle].Time <= time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private double? FirstDrop(Func<SurvivalStep, double?> height, double probability)
    {
        double target = 1 - probability;
        for (int k = 0; k < Steps.Length; k++)
        {
            if (height(Steps[k]) is not { } h || h > target + Tolerance) continue;
            if (h < target - Tolerance) return Steps[k].Time;
            for (int next = k + 1; next < Steps.Length; next++)
            {
                if (height(Steps[next]) is { } lower && lower < h - Tolerance) return (Steps[k].Time + Steps[next].Time) / 2;
            }
            return (Steps[k].Time + Steps[^1].Time) / 2;
        }
        return null;
    }
}
