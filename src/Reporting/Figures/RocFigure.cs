using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>ROC curves of the models, with the operating point of the combined model.</summary>
internal static class RocFigure
{
    public static XElement Draw(IReadOnlyList<ModelResult> models, FigureText text)
    {
        Plot plot = new Plot(560, 520, new Margins(64, 14, 16, 56), (0, 1), (0, 1))
            .XAxis("1 − specificity", Ticks.Between(0, 1, 5), Decimals, grid: true)
            .YAxis("Sensitivity", Ticks.Between(0, 1, 5), Decimals)
            .Curve([(0, 0), (1, 1)], Ink.Reference);
        foreach (ModelResult model in models)
            plot.Curve(model.Discrimination.Roc.Select(p => (p.X, p.Y)), Ink.Model(model.Name));
        if (models.FirstOrDefault(m => m.Name == "combined") is { } combined
            && combined.Discrimination.OperatingPoint is { Sensitivity: { } sensitivity, Specificity: { } specificity })
        {
            plot.Add(Svg.Circle(plot.X[1 - specificity.Value], plot.Y[sensitivity.Value], 5, "#fff", Ink.Navy));
        }

        double top = plot.Bottom - 24 - (20 * models.Count);
        plot.Add(Svg.Text(plot.Right - 262, top - 2, "AUC (95% CI)", new TextStyle("start", Bold: true)));
        plot.Legend(
            plot.Right - 262,
            top + 16,
            [.. models.Select(m => (Ink.Model(m.Name), $"{Names.Capital(m.Name)} {Format.Auc(m.Discrimination.Auc)}"))]);
        return plot.ToSvg(text);
    }

    private static string Decimals(double value) => value.ToString("0.0");
}
