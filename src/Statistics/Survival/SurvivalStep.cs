namespace HccPipeline.Statistics.Survival;

/// <summary>Pointwise confidence limits of a survival probability; null where none is defined (survival 0; on the
/// log–log scale also survival 1).</summary>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
public readonly record struct ConfidenceBand(double? Lower, double? Upper)
{
    /// <summary>exp(log S ± z·se), capped at 1.</summary>
    internal static ConfidenceBand Log(double s, double se, double z) =>
        s == 0 ? default : new(Math.Exp(Math.Log(s) - (z * se)), Math.Min(1, Math.Exp(Math.Log(s) + (z * se))));

    /// <summary>exp(−exp(log(−log S) ± z·se/log S)).</summary>
    internal static ConfidenceBand LogLog(double s, double se, double z)
    {
        if (s is 0 or 1) return default;
        double logS = Math.Log(s), centre = Math.Log(-logS), half = z * se / logS;
        return new(Math.Exp(-Math.Exp(centre - half)), Math.Exp(-Math.Exp(centre + half)));
    }

    /// <summary>S ± z·S·se, capped to [0, 1].</summary>
    internal static ConfidenceBand Plain(double s, double se, double z) =>
        s == 0 ? default : new(Math.Max(0, s - (z * s * se)), Math.Min(1, s + (z * s * se)));
}

/// <summary>One distinct time of a survival curve, event or censoring.</summary>
/// <param name="Time">The time.</param>
/// <param name="AtRisk">Rows still followed just before it.</param>
/// <param name="Events">Events at it.</param>
/// <param name="Censored">Censorings at it.</param>
/// <param name="Survival">Survival probability just after it.</param>
/// <param name="CumulativeHazardError">Standard error of −log S; +∞ at S = 0.</param>
/// <param name="SurvivalError">Greenwood standard error of S; null at S = 0.</param>
/// <param name="Log">Limits on the log scale (R's default).</param>
/// <param name="LogLog">Limits on the complementary log–log scale.</param>
/// <param name="Plain">Limits on the plain scale.</param>
public sealed record SurvivalStep(
    double Time,
    int AtRisk,
    int Events,
    int Censored,
    double Survival,
    double CumulativeHazardError,
    double? SurvivalError,
    ConfidenceBand Log,
    ConfidenceBand LogLog,
    ConfidenceBand Plain);
