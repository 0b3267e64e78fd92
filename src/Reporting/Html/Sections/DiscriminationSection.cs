using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>ROC curves, AUCs and their comparison.</summary>
internal static class DiscriminationSection
{
    private const int MaxPointsInTable = 120;

    public static Section Of(ValidationReport report, PageParts parts)
    {
        ModelResult combined = report.Models.First(m => m.Name == "combined");
        OperatingRow point = combined.Discrimination.OperatingPoint;
        return new Section("discrimination", "Discrimination",
        [
            parts.Figure(
                "roc",
                "ROC curves of the three models",
                "Apparent performance; a higher score means progression. The circle marks the threshold between low and high risk of the combined model.",
                string.Join(' ', report.Models.Select(m => $"{Names.Capital(m.Name)} model: AUC {Format.Auc(m.Discrimination.Auc)}.")),
                text => RocFigure.Draw(report.Models, text),
                Points(report.Models)),
            parts.Table(
                "Area under the ROC curve.",
                new TableView(
                    ["Model", "#AUC, patients left out (95% CI)", "#Apparent AUC (95% CI, DeLong)", "#Difference"],
                    [.. report.Models.Select(m => (string[])
                    [
                        Names.Capital(m.Name),
                        m.Discrimination.CrossValidated is { } left ? Format.Auc(left) : Format.Auc(m.Discrimination.CrossValidatedAuc),
                        Format.Auc(m.Discrimination.Auc),
                        Format.Signed(m.Discrimination.CrossValidatedAuc - m.Discrimination.Auc.Value, 3),
                    ])])),
            Tag.Note("The interval of the AUC of patients left out takes the scores of the patients left out as those of one model; it is too narrow by the differences between the folds' models."),
            Optimism(report, parts),
            parts.Table(
                "Paired comparison of the models on the same patients (DeLong).",
                new TableView(
                    ["Comparison", "#Difference in AUC (95% CI)", "#z", "#p"],
                    [.. report.Comparisons.Select(c => (string[])
                    [
                        $"{Names.Capital(c.First)} against {c.Second}",
                        $"{Format.Signed(c.Difference.Value, 3)} ({Format.Signed(c.Difference.Lower, 3)} to {Format.Signed(c.Difference.Upper, 3)})",
                        Format.Fixed(c.Z, 2),
                        Format.P(c.PValue),
                    ])])),
            parts.Table(
                $"Combined model at the risk threshold: high risk when the probability of progression is at least {Format.Auc(point.Threshold)}.",
                new TableView(
                    ["Measure", "#Value (95% CI, Wilson)"],
                    [
                        ["Sensitivity", Proportion(point.Sensitivity)],
                        ["Specificity", Proportion(point.Specificity)],
                        ["Positive predictive value", Proportion(point.PositivePredictiveValue)],
                        ["Negative predictive value", Proportion(point.NegativePredictiveValue)],
                        ["Accuracy", Proportion(point.Accuracy)],
                    ])),
        ]);
    }

    private static System.Xml.Linq.XElement Optimism(ValidationReport report, PageParts parts) => report.Optimism is not { } o
        ? Tag.P(report.OptimismNote)
        : parts.Table(
            $"Combined model, corrected for optimism: selection and fit done again on {o.Replicates} bootstrap resamples{(o.Unfitted == 0 ? "" : $"; in {o.Unfitted} the regression found no maximum and the LASSO’s coefficients stand")}.",
            new TableView(
                ["Measure", "#Apparent", "#Optimism", "#Corrected"],
                [Row("AUC", o.Auc), Row("Calibration slope", o.Slope), Row("Brier score", o.Brier)]));

    private static string[] Row(string name, CorrectedMeasure m) =>
        [name, m.Apparent is { } a ? Format.Fixed(a, 3) : Format.None, m.Optimism is { } o ? Format.Signed(o, 3) : Format.None, m.Corrected is { } c ? Format.Fixed(c, 3) : Format.None];

    private static string Proportion(Estimate? e) =>
        e is null ? Format.None : $"{Format.Percent(e.Value)} ({Format.Percent(e.Lower)}–{Format.Percent(e.Upper)})";

    private static TableView Points(IReadOnlyList<ModelResult> models) => new(
        ["Model", "#1 − specificity", "#Sensitivity"],
        [.. models.SelectMany(m => Thinning.Evenly(m.Discrimination.Roc, MaxPointsInTable)
            .Select(p => (string[])[Names.Capital(m.Name), Format.Fixed(p.X, 3), Format.Fixed(p.Y, 3)]))]);
}
