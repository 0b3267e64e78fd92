using System.Xml.Linq;
using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>How the LASSO selected.</summary>
internal static class SelectionSection
{
    private const int MaxExcluded = 30;

    public static Section Of(ValidationReport report, PageParts parts)
    {
        List<XElement> content =
        [
            Tag.P($"Predictors were selected by LASSO-penalised logistic regression. The penalty λ was chosen by stratified {report.Provenance.Folds}-fold cross-validation as the "
                + "largest within one standard error of the smallest deviance (λ.1se). In the figures it falls from left to right, down to a twentieth of λ.min; "
                + "the solid vertical line is the penalty that was used."),
        ];
        foreach (ModelResult model in report.Models)
        {
            SelectionResult s = model.Selection;
            content.Add(Tag.H3($"{Names.Capital(model.Name)} model"));
            content.Add(Tag.P(
                $"{s.Candidates} candidates; {Names.Rule(s.Rule)} selected {s.Selected.Count} "
                + $"(λ.min = {Format.General(s.LambdaMin)}, λ.1se = {Format.General(s.Lambda1Se)}).{Excluded(s)}"));
            if (s.Lambda.Count < 2) continue;
            content.Add(PathFigure(model, parts));
            content.Add(DevianceFigure(model, parts));
        }
        return new Section("selection", "Selection by LASSO", content);
    }

    private static string Excluded(SelectionResult selection)
    {
        if (selection.Excluded.Count == 0) return "";
        IEnumerable<string> reasons = selection.Excluded.Take(MaxExcluded)
            .GroupBy(e => e.Reason, StringComparer.Ordinal)
            .Select(g => $"{string.Join(", ", g.Select(e => e.Name))} ({g.Key})");
        string more = selection.Excluded.Count > MaxExcluded ? $"; {selection.Excluded.Count - MaxExcluded} more in the JSON file" : "";
        return $" Not offered: {string.Join("; ", reasons)}{more}.";
    }

    private static XElement PathFigure(ModelResult model, PageParts parts)
    {
        SelectionResult s = model.Selection;
        int min = Index(s, s.LambdaMin), oneSe = Index(s, s.Lambda1Se);
        HashSet<string> selected = new(s.Selected, StringComparer.Ordinal);
        CoefficientPath[] listed = [.. s.Paths.Where(p => p.Values[min] != 0 || p.Values[oneSe] != 0).Take(100)];
        TableView data = new(
            ["Predictor", "#Coefficient per SD at λ.1se", "#at λ.min"],
            listed.Length > 0
                ? [.. listed.Select(p => (string[])[p.Name, Format.Fixed(p.Values[oneSe], 4), Format.Fixed(p.Values[min], 4)])]
                : [["none", Format.None, Format.None]]);
        return parts.Figure(
            $"path-{model.Name}",
            $"LASSO coefficient paths, {model.Name} model",
            "Each line is a candidate; the selected ones are named and drawn dark.",
            s.Selected.Count == 0
                ? "No candidate is selected."
                : $"Selected: {string.Join(", ", s.Paths.Where(p => selected.Contains(p.Name)).Select(p => $"{p.Name} {Format.Fixed(p.Values[oneSe], 3)} at λ.1se"))}.",
            text => LassoPathFigure.Draw(model.Name, s, text),
            data);
    }

    private static XElement DevianceFigure(ModelResult model, PageParts parts)
    {
        SelectionResult s = model.Selection;
        int min = Index(s, s.LambdaMin), oneSe = Index(s, s.Lambda1Se);
        TableView data = new(
            ["#λ", "#−log λ", "#Mean deviance", "#Standard error", "#Predictors"],
            [.. Enumerable.Range(0, s.Lambda.Count).Select(k => (string[])
            [
                Format.General(s.Lambda[k]),
                Format.Fixed(-Math.Log(s.Lambda[k]), 2),
                Format.Fixed(s.MeanDeviance[k], 4),
                Format.Fixed(s.StandardError[k], 4),
                s.NonZero[k].ToString(),
            ])]);
        return parts.Figure(
            $"deviance-{model.Name}",
            $"Cross-validated deviance, {model.Name} model",
            "Mean on the patients left out, plus and minus one standard error."
                + (CrossValidationFigure.IsCut(s) ? " Cut above: at small λ the deviance goes on to rise; the table has all of it." : ""),
            $"Smallest deviance {Format.Fixed(s.MeanDeviance[min], 3)} at λ.min with {s.NonZero[min]} predictors; "
                + $"{Format.Fixed(s.MeanDeviance[oneSe], 3)} at λ.1se with {s.NonZero[oneSe]}.",
            text => CrossValidationFigure.Draw(model.Name, s, text),
            data);
    }

    private static int Index(SelectionResult selection, double lambda)
    {
        int best = 0;
        for (int k = 1; k < selection.Lambda.Count; k++)
        {
            if (Math.Abs(selection.Lambda[k] - lambda) < Math.Abs(selection.Lambda[best] - lambda)) best = k;
        }
        return best;
    }
}
