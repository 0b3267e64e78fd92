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
            $"It told progression from disease control with an apparent AUC of {Format.Auc(result.Auc.Value)} "
                + $"(95% CI {Format.Auc(result.Auc.Lower)}–{Format.Auc(result.Auc.Upper)}); cross-validated, on patients left out, {(result.CrossValidated is { } left ? Format.Auc(left) : Format.Auc(result.CrossValidatedAuc))}"
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
            ["Model", "#Predictors", "#Apparent AUC (95% CI)", "#Cross-validated AUC", "#Brier score"],
            [
                .. report.Models.Select(m => (string[])
                [
                    Names.Capital(m.Name),
                    m.Predictors.Count.ToString(),
                    Format.Auc(m.Discrimination.Auc),
                    Format.Auc(m.Discrimination.CrossValidatedAuc),
                    Format.Auc(m.Brier),
                ]),
            ])
        {
            Emphasis = report.Models.ToList().IndexOf(combined),
        };
        return new Section("summary", "Summary",
        [
            Tag.P(string.Join(' ', sentences)),
            parts.Table("Discrimination and overall accuracy of the three models.", table),
            Tag.P("Apparent figures are optimistic; see ", Tag.Of("a", null, new XAttribute("href", "#limitations"), "Limitations"), "."),
        ]);
    }

    private static string Median(SurvivalGroup group) => group.Median is { } months ? $"{Format.Fixed(months, 1)} months" : "not reached";

    private static string List(string[] names) => names.Length switch
    {
        1 => names[0],
        <= 6 => string.Join(", ", names[..^1]) + " and " + names[^1],
        _ => string.Join(", ", names[..5]) + $" and {names.Length - 5} more predictors",
    };
}
