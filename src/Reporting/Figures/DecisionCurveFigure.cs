using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>Net benefit of the models, of treating all and of treating none.</summary>
internal static class DecisionCurveFigure
{
    private static readonly Stroke All = new("#6b7075", 1.6, "12 3 2 3");
    private static readonly Stroke None = new(Ink.Text, 1.2);

    public static XElement Draw(IReadOnlyList<ModelResult> models, FigureText text)
    {
        double best = models.SelectMany(m => m.DecisionCurve).Select(p => Math.Max(p.Model, p.TreatAll)).DefaultIfEmpty(0.1).Max();
        double top = Math.Max(best * 1.08, 0.05), bottom = -0.15 * top;
        Plot plot = new Plot(640, 440, new Margins(64, 14, 20, 56), (0, 1), (bottom, top))
            .XAxis("Threshold probability", Ticks.Between(0, 1, 10), v => v.ToString("0.0"))
            .YAxis("Net benefit", Ticks.Between(bottom, top, 6));
        plot.Curve([(0, 0), (1, 0)], None);
        if (models.Count > 0)
            plot.Curve(Visible(models[0].DecisionCurve.Select(p => (p.Threshold, p.TreatAll)), bottom), All);
        foreach (ModelResult model in models)
            plot.Curve(Visible(model.DecisionCurve.Select(p => (p.Threshold, p.Model)), bottom), Ink.Model(model.Name));
        List<(Stroke, string)> legend = [.. models.Select(m => (Ink.Model(m.Name), Names.Capital(m.Name) + " model"))];
        legend.Add((All, "Treat all"));
        legend.Add((None, "Treat none"));
        plot.Legend(plot.Right - 164, plot.Top + 14, legend);
        return plot.ToSvg(text);
    }

    /// <summary>The part of a curve above the lower edge, cut exactly there.</summary>
    private static List<(double X, double Y)> Visible(IEnumerable<(double X, double Y)> curve, double bottom)
    {
        List<(double X, double Y)> visible = [];
        (double X, double Y)? previous = null;
        foreach ((double X, double Y) point in curve)
        {
            if (point.Y < bottom)
            {
                if (previous is { } p)
                    visible.Add((p.X + ((p.Y - bottom) / (p.Y - point.Y) * (point.X - p.X)), bottom));
                break;
            }
            visible.Add(point);
            previous = point;
        }
        return visible;
    }
}
