using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Net benefit.</summary>
internal static class DecisionSection
{
    public static Section Of(ValidationReport report, PageParts parts)
    {
        IReadOnlyList<DecisionPoint> combined = report.Models.First(m => m.Name == "combined").DecisionCurve;
        DecisionPoint[] better = [.. combined.Where(p => p.Model > Math.Max(p.TreatAll, 0))];
        return new Section("decision-section", "Decision curve",
        [
            Tag.P("Net benefit weighs patients with progression who are rightly acted on against patients without who are acted on in vain, at the exchange rate that the "
                + "threshold probability implies."),
            parts.Figure(
                "decision",
                "Decision curves of the three models",
                "Net benefit against acting on all patients and on none. Apparent performance.",
                better.Length == 0
                    ? "The combined model is never better than acting on all or on none."
                    : $"The combined model is better than acting on all and on none at {better.Length} of {combined.Count} thresholds between {Format.Percent(better[0].Threshold)} and {Format.Percent(better[^1].Threshold)}.",
                text => DecisionCurveFigure.Draw(report.Models, text),
                Data(report.Models)),
        ]);
    }

    private static TableView Data(IReadOnlyList<ModelResult> models) => new(
        ["#Threshold", .. models.Select(m => "#" + Names.Capital(m.Name)), "#Treat all", "#Treat none"],
        [.. Enumerable.Range(0, models[0].DecisionCurve.Count).Where(k => (k + 1) % 5 == 0).Select(k => (string[])
        [
            Format.Fixed(models[0].DecisionCurve[k].Threshold, 2),
            .. models.Select(m => Format.Fixed(m.DecisionCurve[k].Model, 3)),
            Format.Fixed(models[0].DecisionCurve[k].TreatAll, 3),
            Format.Fixed(0, 3),
        ])]);
}
