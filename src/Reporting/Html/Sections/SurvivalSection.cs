using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Progression-free survival of the risk groups.</summary>
internal static class SurvivalSection
{
    private const string Id = "survival-section", Title = "Progression-free survival";
    private const int MaxStepsInTable = 120;

    public static Section Of(ValidationReport report, PageParts parts)
    {
        if (report.Survival is not { } survival) return new Section(Id, Title, [Tag.P(report.SurvivalNote)]);
        List<System.Xml.Linq.XElement> content =
        [
            Tag.P($"High risk: probability of progression of at least {Format.Auc(survival.RiskThreshold)} by the combined model. Log-rank χ² = "
                + $"{Format.Fixed(survival.LogRankChiSquared, 2)} on 1 degree of freedom, {Format.PEquals(survival.LogRankP)}."),
            parts.Table(
                "Progression-free survival by risk group.",
                new TableView(
                    ["Risk group", "#Patients", "#Events", "#Median, months (95% CI)"],
                    [.. survival.Groups.Select(g => (string[])[Names.RiskGroup(g.Name), g.Patients.ToString(), g.Events.ToString(), Median(g)])])),
            parts.Figure(
                "survival",
                "Kaplan–Meier curves of the risk groups",
                $"Bands: pointwise 95% confidence limits (log scale). Vertical marks: censored patients, left out beyond {SurvivalFigure.MaxCensoringMarks} in a group. Dotted: medians.",
                string.Join(' ', survival.Groups.Select(g => $"{Names.RiskGroup(g.Name)}: {g.Patients} patients, {g.Events} events, median {Format.Months(g.Median)}."))
                    + $" Log-rank {Format.PEquals(survival.LogRankP)}.",
                text => SurvivalFigure.Draw(survival, text),
                new TableView(
                    ["Risk group", "#Months", "#Events", "#Censored", "#Survival", "#95% CI"],
                    [.. survival.Groups.SelectMany(g => Thinning.Evenly(g.Steps, MaxStepsInTable).Select(s => Step(g, s)))])),
        ];
        if (report.SurvivalNote.Length > 0) content.Insert(1, Tag.P(report.SurvivalNote));
        return new Section(Id, Title, content);
    }

    private static string Median(SurvivalGroup group) =>
        $"{Format.Months(group.Median)} ({Format.Months(group.MedianLower)}{(group.MedianUpper is null ? " to " : "–")}{Format.Months(group.MedianUpper)})";

    private static string[] Step(SurvivalGroup group, SurvivalPoint s) =>
    [
        Names.RiskGroup(group.Name),
        Format.Fixed(s.Months, 1),
        s.Events.ToString(),
        s.Censored.ToString(),
        Format.Fixed(s.Survival, 3),
        s is { Lower: { } lower, Upper: { } upper } ? $"{Format.Fixed(lower, 3)}–{Format.Fixed(upper, 3)}" : Format.None,
    ];
}
