using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.DecisionCurve;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Measures a new version against the champion and judges it by a policy. Pure: the same versions and policy give the same comparison.</summary>
public static class VersionComparer
{
    // A probability of exactly 0 or 1 has no log odds; a logistic model that rounds to one is that sure within 15 digits.
    private const double Surest = 1e-12;

    /// <summary>Compares.</summary>
    /// <param name="challenger">The new version.</param>
    /// <param name="champion">The version in use.</param>
    /// <param name="policy">The policy.</param>
    public static VersionComparison Compare(ComparedVersion challenger, ComparedVersion champion, PromotionPolicy policy)
    {
        ComparedScores scores = ComparedScores.Of(challenger, champion, policy.Model);
        int events = scores.Y.Count(v => v == 1), smaller = Math.Min(events, scores.Y.Length - events);
        VersionComparison comparison = new()
        {
            Challenger = challenger.ModelVersion,
            Champion = champion.ModelVersion,
            Model = policy.Model,
            Patients = scores.Y.Length,
            Events = events,
            InBothCohorts = scores.InBothCohorts,
            NotScored = scores.NotScored,
            Checks = [],
        };
        if (smaller >= 2)
            comparison = Measure(comparison, scores, policy.MustHold);
        return comparison with { Checks = [.. ChangeChecks.Of(challenger.Document, champion.Document, policy), .. PolicyChecks.Of(comparison, policy.MustHold)] };
    }

    private static VersionComparison Measure(VersionComparison comparison, ComparedScores scores, Requirements hold)
    {
        PairedAucTest gain = DeLong.PairedTest(scores.Challenger, scores.Champion, scores.Y, hold.Confidence);
        return comparison with
        {
            ChallengerFigures = FiguresOf(scores.Challenger, scores.Y, hold),
            ChampionFigures = FiguresOf(scores.Champion, scores.Y, hold),
            AucGain = gain.Difference,
            AucGainLower = gain.Lower,
            AucGainUpper = gain.Upper,
            AucGainP = gain.P,
            Reclassification = Reclassification.Compute(scores.Champion, scores.Challenger, scores.Y, hold.ReclassificationThreshold),
        };
    }

    private static VersionFigures FiguresOf(double[] p, double[] y, Requirements hold)
    {
        AucEstimate auc = DeLong.Estimate(p, y, hold.Confidence);
        double[] logits = LogitRecalibration.Logits(Array.ConvertAll(p, v => Math.Clamp(v, Surest, 1 - Surest)));
        return new(
            auc.Auc, auc.Lower, auc.Upper, Brier.Compute(p, y).Score,
            LogitRecalibration.InTheLarge(logits, y).Coefficient, LogitRecalibration.Fit(logits, y)?.Slope.Coefficient,
            [.. NetBenefit.Compute(p, y, hold.NetBenefitThresholds).Model]);
    }
}
