using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Odds ratios of the multivariable models.</summary>
internal static class PredictorSection
{
    public static Section Of(ValidationReport report, PageParts parts)
    {
        List<XElement> content =
        [
            Tag.P("Multivariable logistic regression on the predictors that the LASSO selected. An odds ratio above 1 means that higher values go with progression."),
        ];
        foreach (ModelResult model in report.Models)
        {
            if (model.Predictors.Count == 0)
            {
                content.Add(Tag.P($"{Names.Capital(model.Name)} model: no predictor was selected."));
                continue;
            }
            content.Add(parts.Table(
                $"{Names.Capital(model.Name)} model.",
                new TableView(
                    ["Predictor", "#Odds ratio per unit (95% CI)", "#Odds ratio per SD (95% CI)", "#p", "#Coefficient (SE)", "#Range"],
                    [.. model.Predictors.Select(Row)])));
            content.Add(Tag.Note($"Intercept {Format.General(model.Intercept)}.{(model.FitMethod == "firth" ? " Fitted with Firth’s penalty: the classes are separated." : "")}"));
        }
        return new Section("predictors", "Predictors", content);
    }

    private static string[] Row(PredictorRow p) =>
    [
        p.Name,
        Format.Ratio(p.OddsRatio),
        Format.Ratio(p.OddsRatioPerSd),
        Format.P(p.PValue),
        $"{Format.General(p.Beta)} ({Format.General(p.StandardError)})",
        $"{Format.General(p.Minimum)} to {Format.General(p.Maximum)}",
    ];
}
