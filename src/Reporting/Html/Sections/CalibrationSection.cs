using System.Xml.Linq;
using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Agreement of predicted and observed risk, on patients left out first.</summary>
internal static class CalibrationSection
{
    public static Section Of(ValidationReport report, PageParts parts)
    {
        IReadOnlyList<ModelResult> leftOut = ModelResult.LeftOut(report.Models);
        List<XElement> content =
        [
            Tag.P(leftOut.Count == 0
                ? "Scores of patients left out were not kept for this version: what follows is apparent. Intercept 0 and slope 1 are the mark of a maximum-likelihood fit on its own patients, "
                    + "not evidence of calibration on new ones; the curve and the Hosmer–Lemeshow test say whether the form of the model fits."
                : "Patients left out say what to expect of new ones: a slope below 1 means predictions that are too extreme. The apparent intercept 0 and slope 1 are the mark of a "
                    + "maximum-likelihood fit on its own patients, no evidence; the apparent curve and the Hosmer–Lemeshow test say whether the form of the model fits."),
            parts.Table(
                "Calibration of the three models.",
                new TableView(
                    ["Model", "#Intercept", "#Slope", "#Brier", "#Scaled Brier", "#Hosmer–Lemeshow χ² (df)", "#p"],
                    [.. leftOut.Select(m => Row(m, "patients left out")), .. report.Models.Select(m => Row(m, "apparent"))])),
        ];
        if (leftOut.Any(m => m.Calibration is not null))
            content.Add(Figure(parts, "calibration-left-out", "Calibration curves, patients left out", leftOut));
        if (report.Models.Any(m => m.Calibration is not null))
            content.Add(Figure(parts, "calibration", "Calibration curves, apparent", report.Models));
        return new Section("calibration-section", "Calibration", content);
    }

    private static XElement Figure(PageParts parts, string id, string title, IReadOnlyList<ModelResult> models) => parts.Figure(
        id,
        title,
        "Lowess of the outcome on the predicted probability. Circles: patients of the combined model in groups of similar risk with 95% Wilson intervals.",
        models.FirstOrDefault(m => m.Name == "combined")?.Calibration is { } c
            ? string.Join(' ', c.Groups.Select(g => $"Predicted {Format.Percent(g.MeanPredicted)}, observed {Format.Percent(g.Observed.Value)} of {g.Patients}."))
            : "The combined model has no calibration curve.",
        text => CalibrationFigure.Draw(models, text),
        Groups(models));

    private static string[] Row(ModelResult model, string patients) =>
    [
        $"{Names.Capital(model.Name)}, {patients}",
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
