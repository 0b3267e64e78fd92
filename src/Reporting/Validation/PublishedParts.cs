namespace HccPipeline.Reporting.Validation;

/// <summary>What the study's abstract says of methods, curves and charts, beside what a version has.</summary>
internal static class PublishedParts
{
    private static readonly string[] Predictors = ["post_T2_SIR", "post_ADC_Mean", "NLR"];

    public static IEnumerable<ReferencePart> Beside(IReadOnlyList<ModelResult> models, SurvivalResult? survival, int folds)
    {
        ModelResult combined = models.First(m => m.Name == "combined");
        yield return new("Selection", "LASSO, λ.1se by 10-fold cross-validation", $"LASSO, {Names.Rule(combined.Selection.Rule)} by {folds}-fold cross-validation", "Selection by LASSO");
        yield return new("Independent predictors", string.Join(", ", Predictors), Selected(combined), "Predictors");
        yield return new("ROC curves", "of the imaging, clinical and combined model", string.Join("; ", models.Select(m => $"{m.Name} {Format.Auc(m.Discrimination.Auc)}")), "Discrimination");
        yield return new("Calibration curves", "shown; no numbers in the abstract", Calibration(combined), "Calibration");
        yield return new("Decision curve analysis", "shown; no numbers in the abstract", Decision(combined), "Decision curve");
        yield return new("Nomogram", "of the three predictors", combined.Predictors.Count == 0 ? "none: no predictor" : $"of {combined.Predictors.Count} predictors", "Nomogram");
        yield return new("Progression-free survival", "Kaplan–Meier; shorter in the high-risk group, p < 0.05", Survival(survival), "Progression-free survival");
    }

    private static string Selected(ModelResult combined)
    {
        string[] ours = [.. combined.Predictors.Select(p => p.Name)];
        string list = ours.Length == 0 ? "none" : string.Join(", ", ours);
        return $"{list}; {ours.Intersect(Predictors, StringComparer.Ordinal).Count()} of the {Predictors.Length}";
    }

    private static string Calibration(ModelResult combined) =>
        (combined.HeldOut is { } left ? $"patients left out: {Calibration(left.Calibration)}; apparent: " : "") + Calibration(combined.Calibration);

    private static string Calibration(CalibrationResult? calibration) => calibration is { } c
        ? $"intercept {Format.Fixed(c.Intercept, 2)}, slope {Format.Fixed(c.Slope, 2)}{(c.HosmerLemeshowP is { } p ? $", Hosmer–Lemeshow {Format.PEquals(p)}" : "")}"
        : "none: all predictions are equal";

    private static string Decision(ModelResult combined) =>
        (combined.HeldOut is { } left ? $"patients left out: {Decision(left.DecisionCurve)}; apparent: " : "") + Decision(combined.DecisionCurve);

    private static string Decision(IReadOnlyList<DecisionPoint> curve)
    {
        DecisionPoint[] better = [.. curve.Where(p => p.Model > Math.Max(p.TreatAll, 0))];
        return better.Length == 0 ? "never better than acting on all or none" : $"better than acting on all or none at {better.Length} of {curve.Count} thresholds, {Format.Percent(better[0].Threshold)} to {Format.Percent(better[^1].Threshold)}";
    }

    private static string Survival(SurvivalResult? survival) => survival is { } s
        ? $"medians {Format.Months(s.Groups[1].Median)} in the high-risk and {Format.Months(s.Groups[0].Median)} months in the low-risk group, log-rank {Format.PEquals(s.LogRankP)}"
        : "not recorded";
}
