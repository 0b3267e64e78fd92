using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>The main results on one page.</summary>
internal static class SummarySection
{
    public static Section Of(ValidationReport report, PageParts parts)
    {
        ModelResult combined = report.Models.First(m => m.Name == "combined");
        DiscriminationResult result = combined.Discrimination;
        List<string> sentences =
        [
            combined.Predictors.Count == 0
                ? "The LASSO selected no predictor for the combined model: it gives every patient the same probability."
                : $"The combined model uses {List([.. combined.Predictors.Select(p => p.Name)])}.",
            $"On patients left out it told progression from disease control with an AUC of {(result.CrossValidated is { } left ? $"{Format.Auc(left.Value)} (95% CI {Format.Auc(left.Lower)}–{Format.Auc(left.Upper)})" : Format.Auc(result.CrossValidatedAuc))}"
                + (combined.HeldOut?.Calibration is { } c ? $" and a calibration slope of {Format.Fixed(c.Slope, 2)}" : "")
                + $"; apparent, on its own patients, {Format.Auc(result.Auc)}"
                + (report.Optimism is { Auc.Corrected: { } corrected } ? $"; corrected for optimism by bootstrap, {Format.Auc(corrected)}." : "."),
        ];
        if (report.Survival is { } survival)
        {
            SurvivalGroup low = survival.Groups[0], high = survival.Groups[1];
            sentences.Add(
                $"Median progression-free survival was {Median(high)} in the high-risk group and {Median(low)} in the low-risk group "
                + $"(log-rank {Format.PEquals(survival.LogRankP)}).");
        }
        TableView table = new(
            ["Model", "#Predictors", "#AUC left out (95% CI)", "#Brier left out", "#Apparent AUC (95% CI)", "#Apparent Brier"],
            [
                .. report.Models.Select(m => (string[])
                [
                    Names.Capital(m.Name),
                    m.Predictors.Count.ToString(),
                    m.Discrimination.CrossValidated is { } auc ? Format.Auc(auc) : Format.Auc(m.Discrimination.CrossValidatedAuc),
                    m.HeldOut is { } held ? Format.Auc(held.Brier) : Format.None,
                    Format.Auc(m.Discrimination.Auc),
                    Format.Auc(m.Brier),
                ]),
            ])
        {
            Emphasis = report.Models.ToList().IndexOf(combined),
        };
        return new Section("summary", "Summary",
        [
            .. report.Override is { } o ? [Overridden(o)] : Array.Empty<XElement>(),
            Tag.P(string.Join(' ', sentences)),
            parts.Table("Discrimination and overall accuracy of the three models.", table),
            Tag.P("Apparent figures are optimistic; see ", Tag.Of("a", null, new XAttribute("href", "#limitations"), "Limitations"), "."),
        ]);
    }

    private static XElement Overridden(GuardOverride o) => Tag.Of(
        "p", "warning", Tag.Bold("Trained in spite of a guard."), " " + string.Join(' ', [.. o.Failed, $"The reason given: “{o.Reason}”."]));

    private static string Median(SurvivalGroup group) => group.Median is { } months ? $"{Format.Fixed(months, 1)} months" : "not reached";

    private static string List(string[] names) => names.Length switch
    {
        1 => names[0],
        <= 6 => string.Join(", ", names[..^1]) + " and " + names[^1],
        _ => string.Join(", ", names[..5]) + $" and {names.Length - 5} more predictors",
    };
}
