using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>Kaplan–Meier curves of the risk groups with confidence bands, censoring marks and the risk table.</summary>
internal static class SurvivalFigure
{
    /// <summary>With more times of censoring than this the marks would cover the curve and are left out.</summary>
    public const int MaxCensoringMarks = 150;

    private const double RowHeight = 20;

    public static XElement Draw(SurvivalResult survival, FigureText text)
    {
        double end = survival.RiskTableMonths[^1];
        double table = 44 + (RowHeight * survival.Groups.Count);
        Plot plot = new Plot(680, 440 + table, new Margins(104, 14, 24, 56 + table), (0, end), (0, 1))
            .XAxis("Months since treatment start", survival.RiskTableMonths)
            .YAxis("Progression-free survival", Ticks.Between(0, 1, 5), v => v.ToString("0.0"));
        foreach (SurvivalGroup group in survival.Groups)
            plot.Add(Band(plot, group));
        plot.Curve([(0, 0.5), (end, 0.5)], Ink.Reference);
        foreach (SurvivalGroup group in survival.Groups)
        {
            Stroke stroke = Ink.RiskGroup(group.Name);
            plot.Curve(Staircase(group), stroke);
            SurvivalPoint[] censored = [.. group.Steps.Where(s => s.Censored > 0)];
            if (censored.Length <= MaxCensoringMarks)
                plot.Add(Svg.Ticks(censored.Select(s => (plot.X[s.Months], plot.Y[s.Survival])), 5, new Stroke(stroke.Color, 1.4)));
            if (group.Median is { } median)
                plot.Add(Svg.Line(plot.X[median], plot.Y[0.5], plot.X[median], plot.Bottom, Ink.Reference));
        }
        plot.Legend(
            plot.Right - 282,
            plot.Top + 16,
            [.. survival.Groups.Select(g => (Ink.RiskGroup(g.Name), $"{Names.RiskGroup(g.Name)}, median {Format.Months(g.Median)}{(g.Median is null ? "" : " months")}"))]);
        plot.Add(Svg.Text(plot.Right - 282, plot.Top + 16 + (20 * survival.Groups.Count) + 4.5, $"Log-rank {Format.PEquals(survival.LogRankP)}"));

        double top = plot.Bottom + 70;
        plot.Add(Svg.Text(plot.Left - 92, top, "Patients at risk", new TextStyle("start", Bold: true)));
        for (int g = 0; g < survival.Groups.Count; g++)
        {
            SurvivalGroup group = survival.Groups[g];
            double y = top + (RowHeight * (g + 1));
            plot.Add(Svg.Text(plot.Left - 92, y, Names.RiskGroup(group.Name), new TextStyle("start", Ink.RiskGroup(group.Name).Color)));
            for (int k = 0; k < group.AtRisk.Count; k++)
                plot.Add(Svg.Text(plot.X[survival.RiskTableMonths[k]], y, group.AtRisk[k].ToString(), TextStyle.Middle));
        }
        return plot.ToSvg(text);
    }

    private static List<(double X, double Y)> Staircase(SurvivalGroup group)
    {
        List<(double X, double Y)> points = [(0, 1)];
        foreach (SurvivalPoint step in group.Steps)
        {
            points.Add((step.Months, points[^1].Y));
            if (step.Events > 0) points.Add((step.Months, step.Survival));
        }
        return points;
    }

    private static XElement Band(Plot plot, SurvivalGroup group)
    {
        List<(double X, double Y)> upper = [(0, 1)], lower = [(0, 1)];
        foreach (SurvivalPoint step in group.Steps)
        {
            upper.Add((step.Months, upper[^1].Y));
            lower.Add((step.Months, lower[^1].Y));
            if (step is { Lower: { } low, Upper: { } high })
            {
                upper.Add((step.Months, high));
                lower.Add((step.Months, low));
            }
            else
            {
                break;   // the last patient at risk had the event: no interval from here on
            }
        }
        lower.Reverse();
        XElement band = Svg.Polygon(upper.Concat(lower).Select(p => (plot.X[p.X], plot.Y[p.Y])), Ink.RiskGroup(group.Name).Color);
        band.Add(new XAttribute("fill-opacity", "0.1"));
        return band;
    }
}
