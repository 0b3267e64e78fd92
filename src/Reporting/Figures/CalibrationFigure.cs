using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>Observed against predicted risk: smooth curves of the models, groups of patients for the combined model.</summary>
internal static class CalibrationFigure
{
    public static XElement Draw(IReadOnlyList<ModelResult> models, FigureText text)
    {
        Plot plot = new Plot(764, 520, new Margins(64, 14, 220, 56), (0, 1), (0, 1))
            .XAxis("Predicted probability of progression", Ticks.Between(0, 1, 5), Decimals, grid: true)
            .YAxis("Observed share with progression", Ticks.Between(0, 1, 5), Decimals)
            .Curve([(0, 0), (1, 1)], Ink.Reference);
        List<(Stroke, string)> legend = [];
        foreach (ModelResult model in models)
        {
            if (model.Calibration is not { } calibration) continue;
            plot.Curve(calibration.Curve.Select(p => (p.X, Math.Clamp(p.Y, 0, 1))), Ink.Model(model.Name));
            legend.Add((Ink.Model(model.Name), $"{Names.Capital(model.Name)}, Brier {Format.Auc(model.Brier)}"));
        }
        legend.Add((Ink.Reference, "Ideal"));
        if (models.FirstOrDefault(m => m.Name == "combined")?.Calibration is { } combined)
        {
            Stroke bar = new(Ink.Navy);
            foreach (CalibrationGroup group in combined.Groups)
            {
                double x = plot.X[group.MeanPredicted];
                plot.Add(Svg.Line(x, plot.Y[group.Observed.Lower], x, plot.Y[group.Observed.Upper], bar));
                plot.Add(Svg.Circle(x, plot.Y[group.Observed.Value], 4, "#fff", Ink.Navy));
            }
        }
        plot.Legend(plot.Right + 20, plot.Top + 18, legend);   // beside the axes: a curve may run anywhere between them
        return plot.ToSvg(text);
    }

    private static string Decimals(double value) => value.ToString("0.0");
}
