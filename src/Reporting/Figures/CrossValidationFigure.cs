using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>Cross-validated deviance along λ, one standard error up and down.</summary>
internal static class CrossValidationFigure
{
    /// <summary>Whether the axis ends below the largest deviance.</summary>
    public static bool IsCut(SelectionResult selection)
    {
        (double[] means, double[] errors) = Visible(selection);
        return UpperEnd(means, errors) < means.Zip(errors, (m, e) => m + e).Max();
    }

    public static XElement Draw(string model, SelectionResult selection, FigureText text)
    {
        (double From, double To) x = PenaltyAxis.Range(selection);
        (double[] means, double[] errors) = Visible(selection);
        double low = means.Zip(errors, (m, e) => m - e).Min(), high = UpperEnd(means, errors);
        double room = Math.Max(0.05 * (high - low), 1e-9);

        Plot plot = new Plot(640, 350, new Margins(64, 44, 20, 56), x, (low - room, high + (2 * room)))
            .XAxis("−log λ", Ticks.Between(x.From, x.To, 7))
            .YAxis("Binomial deviance", Ticks.Between(low - room, high + (2 * room), 6))
            .TopAxis("Predictors in the model", PenaltyAxis.Counts(selection, 9));
        plot.Add(PenaltyAxis.Marks(plot, selection));
        Stroke bar = new("#8a8f94");
        string color = Ink.Model(model).Color;
        for (int k = 0; k < means.Length; k++)
        {
            double px = plot.X[PenaltyAxis.Of(selection.Lambda[k])];
            double y1 = plot.Y.Clamped(means[k] - errors[k]), y2 = plot.Y.Clamped(means[k] + errors[k]);
            plot.Add(Svg.Line(px, y1, px, y2, bar));
            if (means[k] <= plot.Y.DataTo) plot.Add(Svg.Circle(px, plot.Y[means[k]], 2.4, color, "none"));
        }
        return plot.ToSvg(text);
    }

    private static (double[] Means, double[] Errors) Visible(SelectionResult selection)
    {
        int visible = PenaltyAxis.Visible(selection);
        return ([.. selection.MeanDeviance.Take(visible)], [.. selection.StandardError.Take(visible)]);
    }

    // With few patients the deviance explodes at small λ; the choice of λ happens far below, so the axis ends at three times the range
    // between the best and the null model.
    private static double UpperEnd(double[] means, double[] errors)
    {
        double best = means.Min(), start = means[0] + errors[0];
        double all = means.Zip(errors, (m, e) => m + e).Max();
        return Math.Min(all, start + (3 * Math.Max(start - best, 1e-9)));
    }
}
