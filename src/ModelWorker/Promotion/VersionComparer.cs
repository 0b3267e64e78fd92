using System.Globalization;
using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.DecisionCurve;
using HccPipeline.Statistics.Discrimination;
using MathNet.Numerics.Distributions;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Measures a new version against the champion and judges it by a policy. Pure: the same versions and policy give the same comparison.</summary>
public static class VersionComparer
{
    /// <summary>Compares.</summary>
    /// <param name="challenger">The new version.</param>
    /// <param name="champion">The version in use.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="ct">Stops between fits.</param>
    public static VersionComparison Compare(ComparedVersion challenger, ComparedVersion champion, PromotionPolicy policy, CancellationToken ct = default)
    {
        ComparedScores scores = ComparedScores.Of(challenger, champion, policy.Model, ct);
        int events = scores.Y.Count(v => v == 1), smaller = Math.Min(events, scores.Y.Length - events);
        bool isSame = ComparedScores.AreSame(SubmodelOf(challenger.Document, policy), SubmodelOf(champion.Document, policy));
        VersionComparison comparison = new()
        {
            Challenger = challenger.ModelVersion,
            Champion = champion.ModelVersion,
            Model = policy.Model,
            Patients = scores.Y.Length,
            Events = events,
            InBothCohorts = scores.InBothCohorts,
            NotScored = scores.NotScored,
            IsSameModel = isSame,
            FoldDraws = scores.Draws,
            FoldDeviation = scores.Deviation,
            Method = MethodOf(scores, isSame, champion.ModelVersion),
            Checks = [],
        };
        if (smaller >= 2)
            comparison = Measure(comparison, scores, policy.MustHold);
        return comparison with { Checks = [.. ChangeChecks.Of(challenger.Document, champion.Document, policy), .. PolicyChecks.Of(comparison, policy.MustHold)] };
    }

    private static SubmodelDocument SubmodelOf(ModelDocument document, PromotionPolicy policy) => document.Models.Single(m => m.Name == policy.Model);

    private static string MethodOf(ComparedScores scores, bool isSame, int champion) => (isSame, scores.Draws, scores.Y.Length - scores.InBothCohorts) switch
    {
        (true, _, _) => "Both have the same predictors with the same coefficients: they are one model, and differ in nothing that could be measured. The figures of both are those of the new version's held-out scores.",
        (_, 0, var own) => "Patients of a version's cohort are scored by the one draw of folds that was stored with it, as the process can't be done again by this program or on a table of this size; "
            + $"what the draws alone make of the gain is not in its limits.{OwnScores(own, champion)}",
        (_, var draws, var own) => string.Create(
            CultureInfo.InvariantCulture,
            $"Patients of a version's cohort are scored by the process that made it, selection included, done again without them: means of the log odds over {draws} draws of the folds, the same draws for both. ")
            + (scores.Deviation is { } s ? string.Create(CultureInfo.InvariantCulture, $"The gain of one draw has a standard deviation of {s:0.####}; what is left of it in the mean is in the limits.") : "The draws are not in the limits of the gain.")
            + OwnScores(own, champion),
    };

    private static string OwnScores(int patients, int champion) =>
        patients == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {patients} patients whom version {champion} did not learn from are scored by it as it is.");

    private static VersionComparison Measure(VersionComparison comparison, ComparedScores scores, Requirements hold)
    {
        PairedAucTest gain = DeLong.PairedTest(scores.Challenger, scores.Champion, scores.Y, hold.Confidence);
        // Patients and draws vary independently: DeLong's variance is that of the patients, given the draws.
        double draws = scores is { Deviation: { } deviation, Draws: > 0 } ? deviation * deviation / scores.Draws : 0;
        // Of the same scores it is 0, and not what rounding leaves of the difference.
        double patients = scores.Challenger.AsSpan().SequenceEqual(scores.Champion) ? 0 : Math.Max(0, gain.First.Variance + gain.Second.Variance - (2 * gain.Covariance));
        double se = Math.Sqrt(patients + draws);
        double half = Normal.InvCDF(0, 1, (1 + hold.Confidence) / 2) * se;
        return comparison with
        {
            ChallengerFigures = FiguresOf(scores.Challenger, scores.Y, hold),
            ChampionFigures = FiguresOf(scores.Champion, scores.Y, hold),
            AucGain = gain.Difference,
            AucGainLower = gain.Difference - half,
            AucGainUpper = gain.Difference + half,
            AucGainP = se > 0 ? 2 * Normal.CDF(0, 1, -Math.Abs(gain.Difference) / se) : gain.Difference == 0 ? 1 : 0,
            Reclassification = Reclassification.Compute(scores.Champion, scores.Challenger, scores.Y, hold.ReclassificationThreshold),
        };
    }

    private static VersionFigures FiguresOf(double[] p, double[] y, Requirements hold)
    {
        AucEstimate auc = DeLong.Estimate(p, y, hold.Confidence);
        double[] logits = LogitRecalibration.BoundedLogits(p);
        return new(
            auc.Auc, auc.Lower, auc.Upper, Brier.Compute(p, y).Score,
            LogitRecalibration.InTheLarge(logits, y).Coefficient, LogitRecalibration.Fit(logits, y)?.Slope.Coefficient,
            [.. NetBenefit.Compute(p, y, hold.NetBenefitThresholds).Model]);
    }
}
