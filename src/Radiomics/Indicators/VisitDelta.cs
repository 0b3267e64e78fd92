namespace HccPipeline.Radiomics;

/// <summary>Change of an indicator between two visits.</summary>
/// <param name="Difference">post − pre, in the indicator's unit.</param>
/// <param name="Percent">100·(post − pre)/|pre|; null where pre is 0.</param>
/// <param name="LogRatio">ln(post/pre); null where either is not positive.</param>
/// <param name="ExceedsRepeatability">Whether the change is larger than measurements of the same lesion differ by themselves (95%);
/// null where no repeatability coefficient was given or the percentage is not defined.</param>
public sealed record VisitDelta(double Difference, double? Percent, double? LogRatio, bool? ExceedsRepeatability)
{
    /// <summary>QIBA's claim for the mean ADC of a liver lesion: a change of more than 27% is a true change at 95% confidence.</summary>
    public const double LiverLesionAdcPercent = 27;

    /// <summary>Computes the change.</summary>
    /// <param name="pre">Value before treatment.</param>
    /// <param name="post">Value after; same lesion, same reference tissue, same b-set.</param>
    /// <param name="repeatabilityPercent">Repeatability coefficient in percent, such as <see cref="LiverLesionAdcPercent"/>; null for none.</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static VisitDelta Of(double pre, double post, double? repeatabilityPercent = null)
    {
        if (!double.IsFinite(pre) || !double.IsFinite(post))
            throw new ArgumentException($"A change needs two finite values; there are {pre} and {post}.", nameof(pre));
        double? percent = pre == 0 ? null : 100 * (post - pre) / Math.Abs(pre);
        double? log = pre > 0 && post > 0 ? PortableMath.Log(post / pre) : null;
        bool? exceeds = repeatabilityPercent is { } coefficient && percent is { } p ? Math.Abs(p) > coefficient : null;
        return new(post - pre, percent, log, exceeds);
    }
}
