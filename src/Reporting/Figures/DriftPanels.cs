using System.Xml.Linq;
using HccPipeline.Contracts.Drift;
using HccPipeline.Reporting.Drift;

namespace HccPipeline.Reporting.Figures;

/// <summary>Panels of the drift report: one for each centre, all centres together first.</summary>
internal static class DriftPanels
{
    /// <summary>Centres drawn at most; the tables have them all.</summary>
    public const int MaxCentres = 24;

    /// <summary>AUC of each centre over the windows, with its interval and the reference.</summary>
    public static XElement Auc(DriftDocument document, FigureText text)
    {
        WindowAxis windows = new(document.Windows.Select(w => w.Window));
        double low = VersionWindowFigure.Floor(document.Windows.Where(w => w.Auc is not null).Select(w => w.Auc!.Value - 0.1));
        return PanelGrid.Draw([.. Centres(document.Windows.Select(w => w.Center)).Select(center =>
        {
            Plot plot = Panel(windows.Range, (low, 1), windows, v => v.ToString("0.0"));
            plot.Add(Svg.Line(plot.Left, plot.Y[0.5], plot.Right, plot.Y[0.5], Ink.Reference));
            if (document.Reference is { } reference) Level(plot, reference.Auc.Value);
            WindowDocument[] points = [.. document.Windows.Where(w => w.Center == center && w.Auc is not null).OrderBy(w => w.Window, StringComparer.Ordinal)];
            plot.Curve(points.Select(w => (windows.At(w.Window), w.Auc!.Value)), new Stroke(Ink.Navy, 1.2));
            foreach (WindowDocument w in points)
                Point(plot, windows.At(w.Window), w.Auc!, DriftText.IsFirm(w.Verdict));
            return (DriftText.Center(center), plot);
        })], text);
    }

    /// <summary>Calibration of all centres together over the windows: in the large, and the slope.</summary>
    public static XElement Calibration(DriftDocument document, FigureText text)
    {
        WindowDocument[] together = [.. document.Windows.Where(w => w.Center is null).OrderBy(w => w.Window, StringComparer.Ordinal)];
        WindowAxis windows = new(together.Select(w => w.Window));
        return PanelGrid.Draw(
            [
                ("Calibration in the large", Series(together, windows, w => w.CalibrationInTheLarge, document.Reference?.CalibrationInTheLarge, 0)),
                ("Calibration slope", Series(together, windows, w => w.CalibrationSlope, document.Reference?.CalibrationSlope, 1)),
            ], text);
    }

    /// <summary>A control chart of each centre, patient by patient, with its limit and alarms.</summary>
    public static XElement Chart(DriftDocument document, string statistic, FigureText text)
    {
        ChartDocument[] charts = [.. document.Charts.Where(c => c.Statistic == statistic && c.Values.Count > 0)];
        return PanelGrid.Draw([.. Centres(charts.Select(c => c.Center)).Select(center => Chart(charts.First(c => c.Center == center)))], text);
    }

    private static (string, Plot) Chart(ChartDocument chart)
    {
        double high = Math.Max(chart.Limit * 1.25, chart.Values.Max() * 1.05), low = Math.Min(0, chart.Values.Min() * 1.05);
        string[] windows = [.. chart.Windows];
        double[] starts = [.. Enumerable.Range(0, windows.Length).Where(i => i == 0 || windows[i] != windows[i - 1]).Select(i => i + 1.0)];
        bool[] shown = Labels.Thin([.. starts.Select(s => s / Math.Max(windows.Length, 1) * (PanelGrid.PanelWidth - 56))], 56);
        Plot plot = new Plot(PanelGrid.PanelWidth, PanelGrid.PanelHeight, PanelGrid.Margins, (0.5, windows.Length + 0.5), (low, high))
            .XAxis("", starts.Where((_, i) => shown[i] && i < starts.Length), v => windows[(int)v - 1])
            .YAxis("", Ticks.Between(low, high, 4));
        foreach (double start in starts.Skip(1)) plot.Add(Svg.Line(plot.X[start - 0.5], plot.Top, plot.X[start - 0.5], plot.Bottom, Ink.Grid));
        plot.Add(Svg.Line(plot.Left, plot.Y[chart.Limit], plot.Right, plot.Y[chart.Limit], new Stroke(Ink.Rust, 1.4, "6 3")));
        plot.Curve(chart.Values.Select((v, i) => (i + 1.0, v)), new Stroke(Ink.Navy, 1.3));
        foreach (int alarm in chart.Alarms)
            plot.Add(Svg.Square(plot.X[alarm], plot.Y[chart.Values[alarm - 1]], 4, Ink.Rust));
        return (DriftText.Center(chart.Center), plot);
    }

    private static Plot Series(WindowDocument[] together, WindowAxis windows, Func<WindowDocument, IntervalDocument?> value, IntervalDocument? reference, double ideal)
    {
        IntervalDocument[] known = [.. together.Select(value).OfType<IntervalDocument>()];
        double low = known.Select(i => i.Lower).Append(ideal).Append(reference?.Value ?? ideal).Min(), high = known.Select(i => i.Upper).Append(ideal).Append(reference?.Value ?? ideal).Max();
        (low, high) = (Math.Max(low, ideal - 4), Math.Min(high, ideal + 4));
        double room = Math.Max(0.08 * (high - low), 0.05);
        Plot plot = Panel(windows.Range, (low - room, high + room), windows, null);
        plot.Add(Svg.Line(plot.Left, plot.Y[ideal], plot.Right, plot.Y[ideal], Ink.Reference));
        if (reference is not null) Level(plot, reference.Value);
        foreach (WindowDocument w in together)
            if (value(w) is { } estimate) Point(plot, windows.At(w.Window), estimate, DriftText.IsFirm(w.Verdict));
        return plot;
    }

    private static Plot Panel((double, double) x, (double From, double To) y, WindowAxis windows, Func<double, string>? format) =>
        new Plot(PanelGrid.PanelWidth, PanelGrid.PanelHeight, PanelGrid.Margins, x, y).XAxis("", windows.Ticks(3), windows.Label).YAxis("", Ticks.Between(y.From, y.To, 4), format);

    private static void Level(Plot plot, double value) => plot.Add(Svg.Line(plot.Left, plot.Y.Clamped(value), plot.Right, plot.Y.Clamped(value), new Stroke(Ink.Navy, 1, "5 3")));

    private static void Point(Plot plot, double at, IntervalDocument estimate, bool firm)
    {
        double x = plot.X[at];
        plot.Add(Svg.Line(x, plot.Y.Clamped(estimate.Lower), x, plot.Y.Clamped(estimate.Upper), new Stroke(Ink.Navy, 1.2)));
        plot.Add(Svg.Circle(x, plot.Y.Clamped(estimate.Value), 3.5, firm ? Ink.Navy : "#fff", Ink.Navy));
    }

    private static IEnumerable<string?> Centres(IEnumerable<string?> centres) => centres.Distinct(StringComparer.Ordinal).OrderBy(c => c ?? "", StringComparer.Ordinal).Take(MaxCentres);
}
