using System.Xml.Linq;

namespace HccPipeline.Reporting.Figures;

/// <summary>Small plots of the same axes side by side.</summary>
internal static class PanelGrid
{
    public const double PanelWidth = 250, PanelHeight = 190;
    public static readonly Margins Margins = new(46, 26, 10, 38);

    private const int Columns = 3;

    /// <summary>Lays out panels in rows of three.</summary>
    /// <param name="panels">Name and plot of each; plots of <see cref="PanelWidth"/> × <see cref="PanelHeight"/> with <see cref="Margins"/>.</param>
    /// <param name="text">What a screen reader says.</param>
    public static XElement Draw(IReadOnlyList<(string Name, Plot Plot)> panels, FigureText text)
    {
        int columns = Math.Min(Columns, Math.Max(1, panels.Count)), rows = (panels.Count + columns - 1) / columns;
        return Picture.Wrap(Math.Max(columns * PanelWidth, 500), rows * PanelHeight, text, panels.Select((p, i) =>
        {
            p.Plot.Add(Svg.Text(p.Plot.Left, p.Plot.Top - 9, Names.Short(p.Name, 26), new TextStyle("start", Bold: true)));
            return p.Plot.ToGroup(i % columns * PanelWidth, Math.Floor((double)i / columns) * PanelHeight);
        }));
    }
}
