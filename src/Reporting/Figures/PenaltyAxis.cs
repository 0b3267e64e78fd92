using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>The axis −log λ that the two LASSO figures share.</summary>
internal static class PenaltyAxis
{
    private static readonly Stroke Chosen = new(Ink.Text, 1.2);
    private static readonly Stroke Other = new(Ink.Muted, 1.2, "2 3");

    public static double Of(double lambda) => -Math.Log(lambda);

    /// <summary>
    /// How many λ are drawn: those down to a twentieth of λ.min. Further right the model is saturated and its coefficients explode, which would
    /// press the part where the choice is made into a corner.
    /// </summary>
    public static int Visible(SelectionResult selection)
    {
        double last = Math.Min(selection.LambdaMin, selection.Lambda1Se) / 20;
        return Math.Max(2, selection.Lambda.Count(l => l >= last));
    }

    public static (double From, double To) Range(SelectionResult selection)
    {
        double from = Of(selection.Lambda[0]), to = Of(selection.Lambda[Visible(selection) - 1]);
        double room = Math.Max(0.02 * (to - from), 1e-6);
        return (from - room, to + room);
    }

    /// <summary>How many predictors are in the model at some places along the axis.</summary>
    public static IEnumerable<(double X, string Text)> Counts(SelectionResult selection, int places)
    {
        int last = Visible(selection) - 1;
        int steps = Math.Clamp(last, 1, places);
        for (int i = 0; i <= steps; i++)
        {
            int k = (int)((long)last * i / steps);
            yield return (Of(selection.Lambda[k]), selection.NonZero[k].ToString());
        }
    }

    /// <summary>Vertical lines at λ.1se and λ.min; the rule that was used is the solid one.</summary>
    public static IEnumerable<XElement> Marks(Plot plot, SelectionResult selection)
    {
        bool usedMin = selection.Rule == "lambda.min";
        double oneSe = plot.X[Of(selection.Lambda1Se)], min = plot.X[Of(selection.LambdaMin)];
        bool close = Math.Abs(min - oneSe) < 44;
        yield return Svg.Line(oneSe, plot.Top, oneSe, plot.Bottom, usedMin ? Other : Chosen);
        if (min - oneSe > 0.5) yield return Svg.Line(min, plot.Top, min, plot.Bottom, usedMin ? Chosen : Other);
        bool same = min - oneSe <= 0.5;
        bool roomLeft = oneSe - plot.Left > 36;
        yield return Svg.Haloed(
            roomLeft ? oneSe - 3 : oneSe + 5,
            plot.Top + 14,
            same ? "λ.1se = λ.min" : "λ.1se",
            (roomLeft ? TextStyle.End : TextStyle.Start) with { Size = 12, Bold = !usedMin });
        if (!same)
            yield return Svg.Haloed(min + 5, plot.Top + (close && !roomLeft ? 30 : 14), "λ.min", TextStyle.Start with { Size = 12, Bold = usedMin });
    }
}
