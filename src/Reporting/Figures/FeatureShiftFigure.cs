using System.Xml.Linq;
using HccPipeline.Contracts.Drift;

namespace HccPipeline.Reporting.Figures;

/// <summary>How far features have moved, all centres together: effect sizes, those that count after the adjustment filled.</summary>
internal static class FeatureShiftFigure
{
    /// <summary>Features drawn at most, the largest effects.</summary>
    public const int MaxFeatures = 30;

    private const double Left = 250, Right = 20, RowHeight = 20, Width = 680;

    /// <summary>Those of the last look.</summary>
    public static FeatureDriftDocument[] Drawn(DriftDocument document) =>
        [.. document.Features.Where(f => f.Center is null && f.Effect is not null && f.Window == LastOf(document)).OrderByDescending(f => Math.Abs(f.Effect!.Value)).ThenBy(f => f.Name, StringComparer.Ordinal).Take(MaxFeatures)];

    private static string? LastOf(DriftDocument document) => document.Features.Where(f => f.Center is null).Select(f => f.Window).Max(StringComparer.Ordinal);

    public static XElement Draw(DriftDocument document, FigureText text)
    {
        FeatureDriftDocument[] features = Drawn(document);
        double reach = Math.Max(0.6, features.Max(f => Math.Abs(f.Effect!.Value)) * 1.1), height = (features.Length * RowHeight) + 70;
        Plot plot = new Plot(Width, height, new Margins(Left, 10, Right, 56), (-reach, reach), (features.Length + 0.5, 0.5))
            .XAxis("Difference of means in standard deviations, window minus reference", Ticks.Between(-reach, reach, 7), grid: true);
        plot.Add(Svg.Line(plot.X[0], plot.Top, plot.X[0], plot.Bottom, Ink.Axis));
        for (int i = 0; i < features.Length; i++)
        {
            FeatureDriftDocument f = features[i];
            double y = plot.Y[i + 1];
            bool counts = f.AdjustedP < document.Settings.FalseDiscoveryRate;
            plot.Add(Svg.Text(Left - 10, y + 4.5, Names.Short(f.Name, 34), new TextStyle("end", Bold: counts)));
            plot.Add(Svg.Line(plot.X[0], y, plot.X[f.Effect!.Value], y, new Stroke(Ink.Navy, 1.2)));
            plot.Add(Svg.Circle(plot.X[f.Effect.Value], y, 4, counts ? Ink.Navy : "#fff", Ink.Navy));
        }
        return plot.ToSvg(text);
    }
}
