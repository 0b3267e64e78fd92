using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Agreement of predicted and observed risk.</summary>
internal static class CalibrationSection
{
    public static Section Of(ValidationReport report, PageParts parts)
    {
        ModelResult combined = report.Models.First(m => m.Name == "combined");
        List<System.Xml.Linq.XElement> content =
        [
            Tag.P("Intercept 0 and slope 1 are the mark of a maximum-likelihood fit on its own patients, not evidence of calibration on new ones; "
                + "the curve and the Hosmer–Lemeshow test say whether the form of the model fits."),
            parts.Table(
                "Calibration of the three models, apparent.",
                new TableView(
                    ["Model", "#Intercept", "#Slope", "#Brier", "#Scaled Brier", "#Hosmer–Lemeshow χ² (df)", "#p"],
                    [.. report.Models.Select(Row)])),
        ];
        if (report.Models.Any(m => m.Calibration is not null))
        {
            content.Add(parts.Figure(
                "calibration",
                "Calibration curves",
                "Lowess of the outcome on the predicted probability. Circles: patients of the combined model in groups of similar risk with 95% Wilson intervals.",
                combined.Calibration is { } c
                    ? string.Join(' ', c.Groups.Select(g => $"Predicted {Format.Percent(g.MeanPredicted)}, observed {Format.Percent(g.Observed.Value)} of {g.Patients}."))
                    : "The combined model has no calibration curve.",
                text => CalibrationFigure.Draw(report.Models, text),
                Groups(report.Models)));
        }
        return new Section("calibration-section", "Calibration", content);
    }

    private static string[] Row(ModelResult model) =>
    [
        Names.Capital(model.Name),
        model.Calibration is { } a ? Format.Fixed(a.Intercept, 3) : Format.None,
        model.Calibration is { } b ? Format.Fixed(b.Slope, 3) : Format.None,
        Format.Fixed(model.Brier, 3),
        Format.Fixed(model.ScaledBrier, 3),
        model.Calibration is { HosmerLemeshow: { } chi, HosmerLemeshowDf: { } df } ? $"{Format.Fixed(chi, 2)} ({df})" : Format.None,
        Format.P(model.Calibration?.HosmerLemeshowP),
    ];

    private static TableView Groups(IReadOnlyList<ModelResult> models) => new(
        ["Model", "#Patients", "#Progressions", "#Mean predicted", "#Observed (95% CI)"],
        [.. models.SelectMany(m => (m.Calibration?.Groups ?? []).Select(g => (string[])
        [
            Names.Capital(m.Name),
            g.Patients.ToString(),
            g.Events.ToString(),
            Format.Fixed(g.MeanPredicted, 3),
            Format.Auc(g.Observed),
        ]))]);
}
