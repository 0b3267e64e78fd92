using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>Coefficients along the LASSO path, the penalty falling from left to right.</summary>
internal static class LassoPathFigure
{
    private const double LabelHeight = 15;

    public static XElement Draw(string model, SelectionResult selection, FigureText text)
    {
        (double From, double To) x = PenaltyAxis.Range(selection);
        IReadOnlyList<CoefficientPath> paths = selection.Paths;
        int visible = PenaltyAxis.Visible(selection);
        double[] values = [.. paths.SelectMany(p => p.Values.Take(visible))];
        double low = Math.Min(0, values.DefaultIfEmpty(0).Min());
        double high = Math.Max(0, values.DefaultIfEmpty(0).Max());
        if (high - low < 1e-12) high = 1;
        double room = 0.04 * (high - low);

        Plot plot = new Plot(640, 350, new Margins(64, 44, 150, 56), x, (low - room, high + room))
            .XAxis("−log λ", Ticks.Between(x.From, x.To, 7))
            .YAxis("Coefficient per SD", Ticks.Between(low - room, high + room, 6))
            .TopAxis("Predictors in the model", PenaltyAxis.Counts(selection, 7));
        plot.Add(Svg.Line(plot.Left, plot.Y[0], plot.Right, plot.Y[0], Ink.Axis));
        plot.Add(PenaltyAxis.Marks(plot, selection));

        HashSet<string> selected = new(selection.Selected, StringComparer.Ordinal);
        foreach (CoefficientPath path in paths.Where(p => !selected.Contains(p.Name)))
            plot.Curve(Points(path), new Stroke("#a3a8ad"));
        CoefficientPath[] labelled = [.. paths.Where(p => selected.Contains(p.Name)).Take(12)];
        Stroke stroke = Ink.Model(model) with { Dash = null, Width = 1.8 };
        foreach (CoefficientPath path in paths.Where(p => selected.Contains(p.Name)))
            plot.Curve(Points(path), stroke);

        double[] wanted = [.. labelled.Select(p => plot.Y[p.Values[visible - 1]])];
        double[] placed = Labels.Spread(wanted, LabelHeight, plot.Top, plot.Bottom);
        for (int i = 0; i < labelled.Length; i++)
        {
            plot.Add(Svg.Line(plot.Right + 2, wanted[i], plot.Right + 12, placed[i], new Stroke("#8a8f94", 0.8)));
            plot.Add(Svg.Text(plot.Right + 15, placed[i] + 4, Names.Short(labelled[i].Name, 21), new TextStyle("start", stroke.Color, Size: 12)));
        }
        return plot.ToSvg(text);

        IEnumerable<(double X, double Y)> Points(CoefficientPath path) =>
            path.Values.Take(visible).Select((value, k) => (PenaltyAxis.Of(selection.Lambda[k]), value));
    }
}
