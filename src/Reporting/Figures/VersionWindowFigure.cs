using System.Xml.Linq;
using HccPipeline.Reporting.Drift;

namespace HccPipeline.Reporting.Figures;

/// <summary>AUC of every version on every later window: the core of the drift report.</summary>
internal static class VersionWindowFigure
{
    /// <summary>Versions drawn; of more, the report's own and the latest.</summary>
    public const int MaxVersions = 8;

    private static readonly Stroke[] Others =
    [
        new(Ink.Rust, 1.8, "9 4"), new(Ink.Teal, 1.8, "2.5 3"), new("#6b3fa0", 1.8, "12 3 2 3"), new("#8a6d00", 1.8, "5 2"), new("#55595e", 1.8, "1.5 2"), new("#b0306a", 1.8, "7 2 2 2"), new("#3a7d2c", 1.8, "14 3"),
    ];

    public static int[] Drawn(DriftReport report)
    {
        int own = report.Assessment.ModelVersion;
        int[] versions = [.. report.Versions.Where(v => v.Auc is not null).Select(v => v.ModelVersion).Distinct().OrderDescending()];
        return [.. versions.Where(v => v == own).Concat(versions.Where(v => v != own).Take(MaxVersions - 1)).Order()];
    }

    public static XElement Draw(DriftReport report, FigureText text)
    {
        WindowAxis windows = new(report.Versions.Select(v => v.Window));
        int own = report.Assessment.ModelVersion;
        int[] drawn = Drawn(report);
        double low = Floor(report.Versions.Where(v => drawn.Contains(v.ModelVersion) && v.Auc is not null).Select(v => v.ModelVersion == own ? v.Auc!.Lower : v.Auc!.Value));
        Plot plot = new Plot(760, 430, new Margins(64, 14, 96, 56), windows.Range, (low, 1))
            .XAxis("Quarter of treatment start", windows.Ticks(10), windows.Label)
            .YAxis("AUC", Ticks.Between(low, 1, 6), v => v.ToString("0.0"));
        plot.Add(Svg.Line(plot.Left, plot.Y[0.5], plot.Right, plot.Y[0.5], Ink.Reference));
        if (report.Assessment.Reference is { } reference)
        {
            double y = plot.Y.Clamped(reference.Auc.Value);
            plot.Add(Svg.Line(plot.Left, y, plot.Right, y, new Stroke(Ink.Navy, 1, "5 3")));
        }
        List<(double Y, string Name, string Color)> ends = [];
        int other = 0;
        foreach (int version in drawn)
        {
            Stroke stroke = version == own ? new Stroke(Ink.Navy, 2.6) : Others[other++ % Others.Length];
            VersionOnWindow[] points = [.. report.Versions.Where(v => v.ModelVersion == version && v.Auc is not null)];
            plot.Curve(points.Select(p => (windows.At(p.Window), p.Auc!.Value)), stroke);
            foreach (VersionOnWindow p in points)
            {
                double x = plot.X[windows.At(p.Window)];
                if (version == own) plot.Add(Svg.Line(x, plot.Y.Clamped(p.Auc!.Lower), x, plot.Y.Clamped(p.Auc.Upper), new Stroke(Ink.Navy, 1.3)));
                plot.Add(Svg.Circle(x, plot.Y.Clamped(p.Auc!.Value), version == own ? 4.5 : 3.5, DriftText.IsFirm(p.Verdict) ? stroke.Color : "#fff", stroke.Color));
            }
            ends.Add((plot.Y.Clamped(points[^1].Auc!.Value), version == own ? $"v{version}, this" : $"v{version}", stroke.Color));
        }
        double[] placed = Labels.Spread([.. ends.Select(e => e.Y)], 16, plot.Top, plot.Bottom);
        for (int i = 0; i < ends.Count; i++)
            plot.Add(Svg.Text(plot.Right + 8, placed[i] + 4.5, ends[i].Name, new TextStyle("start", ends[i].Color, Bold: i < drawn.Length && drawn[i] == own)));
        return plot.ToSvg(text);
    }

    /// <summary>Lower end of an axis of AUCs: at most 0.4, so that no discrimination is seen.</summary>
    public static double Floor(IEnumerable<double> values) => Math.Max(0, Math.Floor(10 * values.Append(0.45).Min()) / 10);
}
