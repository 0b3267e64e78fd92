using System.Xml.Linq;
using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Net benefit.</summary>
internal static class DecisionSection
{
    public static Section Of(ValidationReport report, PageParts parts)
    {
        IReadOnlyList<ModelResult> leftOut = ModelResult.LeftOut(report.Models);
        List<XElement> content =
        [
            Tag.P("Net benefit weighs patients with progression who are rightly acted on against patients without who are acted on in vain, at the exchange rate that the "
                + "threshold probability implies."),
        ];
        if (leftOut.Count > 0)
            content.Add(Figure(parts, "decision-left-out", "Decision curves, patients left out", "Each patient scored by models that had not seen the patient.", leftOut));
        content.Add(Figure(parts, "decision", "Decision curves, apparent", "Apparent performance.", report.Models));
        return new Section("decision-section", "Decision curve", content);
    }

    private static XElement Figure(PageParts parts, string id, string title, string note, IReadOnlyList<ModelResult> models)
    {
        IReadOnlyList<DecisionPoint> combined = (models.FirstOrDefault(m => m.Name == "combined") ?? models[^1]).DecisionCurve;
        DecisionPoint[] better = [.. combined.Where(p => p.Model > Math.Max(p.TreatAll, 0))];
        return parts.Figure(
            id,
            title,
            $"Net benefit against acting on all patients and on none. {note}",
            better.Length == 0
                ? "The combined model is never better than acting on all or on none."
                : $"The combined model is better than acting on all and on none at {better.Length} of {combined.Count} thresholds between {Format.Percent(better[0].Threshold)} and {Format.Percent(better[^1].Threshold)}.",
            text => DecisionCurveFigure.Draw(models, text),
            Data(models));
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
