using System.Globalization;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Judges measured figures by what a policy asks.</summary>
internal static class PolicyChecks
{
    public static IEnumerable<PolicyCheck> Of(VersionComparison c, Requirements hold)
    {
        int smaller = Math.Min(c.Events, c.Patients - c.Events);
        yield return new("patients", c.Patients >= hold.Patients, Text($"{c.Patients} patients are scored by both; {hold.Patients} are asked for{Short(hold.Patients - c.Patients)}."));
        yield return new("events", smaller >= hold.Events, Text($"{smaller} of them are of the smaller class; {hold.Events} are asked for{Short(hold.Events - smaller)}."));
        if (c.ChallengerFigures is not { } now || c.ChampionFigures is not { } before || c.Reclassification is not { } moved)
        {
            yield return new("figures", false, "There are too few patients of a class to measure anything.");
            yield break;
        }
        yield return new(
            "auc_margin", c.AucGainLower > -hold.AucMargin,
            Text($"AUC {now.Auc:F3} against {before.Auc:F3}: a gain of {c.AucGain:F3} ({hold.Confidence:P0} CI {c.AucGainLower:F3} to {c.AucGainUpper:F3}); the lower limit is to lie above {-hold.AucMargin:0.###}."));
        yield return new(
            "calibration_slope", now.CalibrationSlope is { } slope && slope >= hold.CalibrationSlope[0] && slope <= hold.CalibrationSlope[1],
            now.CalibrationSlope is null
                ? "The calibration slope can't be measured: every patient has the same score, or the classes are separated."
                : Text($"Calibration slope {now.CalibrationSlope:F2}; {hold.CalibrationSlope[0]:0.##} to {hold.CalibrationSlope[1]:0.##} is asked for (champion: {Number(before.CalibrationSlope)})."));
        yield return new(
            "calibration_in_the_large", Math.Abs(now.CalibrationInTheLarge ?? double.PositiveInfinity) <= hold.CalibrationInTheLarge,
            Text($"Calibration in the large {Number(now.CalibrationInTheLarge)} log odds; at most {hold.CalibrationInTheLarge:0.##} either way is asked for (champion: {Number(before.CalibrationInTheLarge)})."));
        (double Threshold, double Loss)[] losses = [.. hold.NetBenefitThresholds.Select((t, i) => (t, before.NetBenefit[i] - now.NetBenefit[i]))];
        (double at, double loss) = losses.MaxBy(l => l.Loss);
        yield return new(
            "net_benefit", loss <= hold.NetBenefitMargin,
            Text($"Largest loss of net benefit {loss:F3}, at a threshold of {at:0.##}; at most {hold.NetBenefitMargin:0.###} is asked for."));
        yield return new(
            "net_reclassification", moved.NetReclassification >= hold.NetReclassification,
            Text($"Net reclassification {moved.NetReclassification:F3} (p {moved.NetReclassificationP:F3}); at least {hold.NetReclassification:0.###} is asked for."));
        yield return new(
            "integrated_discrimination", moved.IntegratedDiscrimination >= hold.IntegratedDiscrimination,
            Text($"Integrated discrimination {moved.IntegratedDiscrimination:F3} (p {moved.IntegratedDiscriminationP:F3}); at least {hold.IntegratedDiscrimination:0.###} is asked for."));
    }

    private static string Short(int missing) => missing > 0 ? Text($": {missing} more are needed") : "";

    private static string Number(double? value) => value is { } v ? Text($"{v:F2}") : "not measured";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
