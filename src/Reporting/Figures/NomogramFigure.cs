using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>The combined model as a nomogram: read points off each predictor, add them, read the probability.</summary>
internal static class NomogramFigure
{
    private const double Width = 760, Left = 170, Right = 736, RowHeight = 54, TickGap = 30;

    public static XElement Draw(NomogramResult nomogram, FigureText text)
    {
        Scale points = new(0, 100, Left, Right);
        Scale total = new(nomogram.TotalPoints[0], nomogram.TotalPoints[^1], Left, Right);
        double[] tens = [.. Enumerable.Range(0, 11).Select(i => 10.0 * i)];
        int rows = nomogram.Predictors.Count + 3;
        double height = 30 + (rows * RowHeight);
        List<XElement> content = [];

        for (int i = 0; i <= 10; i++)
            content.Add(Svg.Line(points[10 * i], RowY(0), points[10 * i], RowY(rows - 3), Ink.Grid));
        Row(0, "Points", [.. tens.Select(p => (points[p], Ticks.Label(p)))], above: true);
        for (int j = 0; j < nomogram.Predictors.Count; j++)
        {
            NomogramAxisRow axis = nomogram.Predictors[j];
            Row(1 + j, Names.Short(axis.Name, 19), [.. axis.Ticks.Select(t => (points[t.Points], Ticks.Label(Math.Round(t.Value, 6))))], above: false);
        }
        Row(rows - 2, "Total points", [.. nomogram.TotalPoints.Select(p => (total[p], Ticks.Label(p)))], above: false);
        Row(
            rows - 1,
            "P(progression)",
            [.. nomogram.Probability.Where(t => t.Points >= total.DataFrom && t.Points <= total.DataTo).Select(t => (total[t.Points], Ticks.Label(t.Value)))],
            above: false);
        return Picture.Wrap(Width, height, text, content);

        double RowY(int row) => 36 + (row * RowHeight);

        void Row(int row, string label, (double X, string Text)[] ticks, bool above)
        {
            double y = RowY(row);
            content.Add(Svg.Text(Left - 20, y + 4.5, label, new TextStyle("end", Bold: true)));
            if (ticks.Length == 0) return;
            content.Add(Svg.Line(ticks.Min(t => t.X), y, ticks.Max(t => t.X), y, new Stroke(Ink.Text, 1.3)));
            bool[] shown = Labels.Thin([.. ticks.Select(t => t.X)], TickGap);
            for (int i = 0; i < ticks.Length; i++)
            {
                content.Add(Svg.Line(ticks[i].X, y, ticks[i].X, above ? y - 6 : y + 6, new Stroke(Ink.Text)));
                if (shown[i]) content.Add(Svg.Text(ticks[i].X, above ? y - 10 : y + 20, ticks[i].Text, new TextStyle("middle", Size: 12)));
            }
        }
    }
}
