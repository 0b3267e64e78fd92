using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>AUC of the combined model over time and by centre, as a forest plot with its numbers.</summary>
internal static class AucForestFigure
{
    private const double Width = 760, RowHeight = 24, LabelX = 12, CountX = 206, PlotLeft = 236, PlotRight = 528, TextX = 552, PowerX = 748;

    public static XElement Draw(StabilityResult stability, FigureText text)
    {
        Scale x = new(0, 1, PlotLeft, PlotRight);
        List<XElement> content = [];
        double y = 22;
        Header(y);
        y += 12;
        double top = y;
        List<XElement> rows = [];
        Row(stability.All, bold: true);
        Heading("Year of treatment start");
        foreach (StratumResult stratum in stability.Periods) Row(stratum, bold: false);
        Heading("Centre");
        foreach (StratumResult stratum in stability.Centers) Row(stratum, bold: false);
        double bottom = y + 12;

        foreach (double tick in Ticks.Between(0, 1, 5))
        {
            content.Add(Svg.Line(x[tick], top, x[tick], bottom, Ink.Grid));
            content.Add(Svg.Line(x[tick], bottom, x[tick], bottom + 5, Ink.Axis));
            content.Add(Svg.Text(x[tick], bottom + 19, tick.ToString("0.0"), TextStyle.Middle));
        }
        content.Add(Svg.Line(x[0.5], top, x[0.5], bottom, Ink.Reference));
        if (stability.All.Leading is { } overall) content.Add(Svg.Line(x[overall.Value], top, x[overall.Value], bottom, new Stroke(Ink.Navy, 1, "5 3")));
        content.Add(Svg.Line(PlotLeft, bottom, PlotRight, bottom, Ink.Axis));
        content.Add(Svg.Text((PlotLeft + PlotRight) / 2, bottom + 38, "AUC of the combined model", TextStyle.Middle));
        content.AddRange(rows);
        return Picture.Wrap(Width, bottom + 50, text, content);

        void Header(double at)
        {
            content.Add(Svg.Text(CountX, at, "Progression / control", new TextStyle("end", Bold: true)));
            content.Add(Svg.Text(TextX, at, "AUC (95% CI)", new TextStyle("start", Bold: true)));
            content.Add(Svg.Text(PowerX, at, "Power", new TextStyle("end", Bold: true)));
        }

        void Heading(string label)
        {
            y += RowHeight + 6;
            rows.Add(Svg.Text(LabelX, y + 4.5, label, new TextStyle("start", Bold: true)));
        }

        void Row(StratumResult stratum, bool bold)
        {
            y += RowHeight;
            if (stratum.Power is { } power) rows.Add(Svg.Text(PowerX, y + 4.5, power.ToString("0.00"), TextStyle.End));
            double indent = bold ? 0 : 12;
            rows.Add(Svg.Text(LabelX + indent, y + 4.5, Names.Short(stratum.Name, 16), new TextStyle("start", Bold: bold)));
            rows.Add(Svg.Text(CountX, y + 4.5, $"{stratum.Progression} / {stratum.Patients - stratum.Progression}", TextStyle.End));
            if (stratum.Leading is { } auc)
            {
                rows.Add(Svg.Line(x[auc.Lower], y, x[auc.Upper], y, new Stroke(Ink.Navy, 1.8)));
                rows.Add(Svg.Square(x[auc.Value], y, bold ? 6 : 4.5, Ink.Navy));
                rows.Add(Svg.Text(TextX, y + 4.5, Format.Auc(auc), new TextStyle("start", Bold: bold)));
            }
            else
            {
                rows.Add(Svg.Text(TextX, y + 4.5, "insufficient", new TextStyle("start", Ink.Muted)));
            }
        }
    }
}
