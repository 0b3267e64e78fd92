using System.Xml.Linq;

namespace HccPipeline.Reporting.Figures;

/// <summary>A picture with one pair of axes. Curves are added between the grid and the frame.</summary>
internal sealed class Plot
{
    private readonly double _width;
    private readonly double _height;
    private readonly List<XElement> _grid = [];
    private readonly List<XElement> _content = [];

    public Plot(double width, double height, Margins margins, (double From, double To) x, (double From, double To) y)
    {
        _width = width;
        _height = height;
        Left = margins.Left;
        Right = width - margins.Right;
        Top = margins.Top;
        Bottom = height - margins.Bottom;
        X = new Scale(x.From, x.To, Left, Right);
        Y = new Scale(y.From, y.To, Bottom, Top);
    }

    public Scale X { get; }

    public Scale Y { get; }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public Plot Add(params IEnumerable<XElement> elements)
    {
        _content.AddRange(elements);
        return this;
    }

    public Plot XAxis(string label, IEnumerable<double> ticks, Func<double, string>? format = null, bool grid = false)
    {
        foreach (double tick in ticks)
        {
            double x = X[tick];
            if (grid) _grid.Add(Svg.Line(x, Top, x, Bottom, Ink.Grid));
            _grid.Add(Svg.Line(x, Bottom, x, Bottom + 5, Ink.Axis));
            _grid.Add(Svg.Text(x, Bottom + 19, (format ?? Ticks.Label)(tick), TextStyle.Middle));
        }
        _grid.Add(Svg.Line(Left, Bottom, Right, Bottom, Ink.Axis));
        _grid.Add(Svg.Text((Left + Right) / 2, Bottom + 40, label, TextStyle.Middle));
        return this;
    }

    public Plot YAxis(string label, IEnumerable<double> ticks, Func<double, string>? format = null, double labelOffset = 46)
    {
        foreach (double tick in ticks)
        {
            double y = Y[tick];
            _grid.Add(Svg.Line(Left, y, Right, y, Ink.Grid));
            _grid.Add(Svg.Line(Left - 5, y, Left, y, Ink.Axis));
            _grid.Add(Svg.Text(Left - 9, y + 4.5, (format ?? Ticks.Label)(tick), TextStyle.End));
        }
        _grid.Add(Svg.Line(Left, Top, Left, Bottom, Ink.Axis));
        _grid.Add(Svg.Vertical(Left - labelOffset, (Top + Bottom) / 2, label));
        return this;
    }

    /// <summary>Labels along the top, for a second reading of the x axis.</summary>
    public Plot TopAxis(string label, IEnumerable<(double X, string Text)> labels)
    {
        foreach ((double x, string text) in labels)
            _grid.Add(Svg.Text(X[x], Top - 8, text, new TextStyle("middle", Ink.Muted, Size: 12)));
        _grid.Add(Svg.Text((Left + Right) / 2, Top - 25, label, new TextStyle("middle", Ink.Muted, Size: 12)));
        return this;
    }

    /// <summary>A curve in data units.</summary>
    public Plot Curve(IEnumerable<(double X, double Y)> points, Stroke stroke)
    {
        _content.Add(Svg.Polyline(points.Select(p => (X[p.X], Y[p.Y])), stroke));
        return this;
    }

    /// <summary>A legend on a white ground: one sample line and text per entry, from the given corner downwards.</summary>
    public Plot Legend(double x, double y, IReadOnlyList<(Stroke Stroke, string Text)> entries)
    {
        const double CharacterWidth = 6.8;
        double width = 50 + (CharacterWidth * entries.Max(e => e.Text.Length));
        _content.Add(Svg.Backing(x - 6, y - 12, width, (20 * entries.Count) + 4));
        for (int i = 0; i < entries.Count; i++)
        {
            double row = y + (i * 20);
            _content.Add(Svg.Line(x, row, x + 34, row, entries[i].Stroke));
            _content.Add(Svg.Text(x + 42, row + 4.5, entries[i].Text));
        }
        return this;
    }

    /// <summary>The plot as a part of a larger picture, its corner at the given place.</summary>
    public XElement ToGroup(double x, double y) => new("g", new XAttribute("transform", $"translate({Svg.Number(x)} {Svg.Number(y)})"), _grid, _content);

    public XElement ToSvg(FigureText text) => Picture.Wrap(_width, _height, text, [.. _grid, .. _content]);
}

/// <summary>Room around the axes, in picture units.</summary>
internal readonly record struct Margins(double Left, double Top, double Right, double Bottom);

/// <summary>What a screen reader says of a figure.</summary>
/// <param name="Id">Identifier, unique in the page.</param>
/// <param name="Title">Name of the figure.</param>
/// <param name="Description">What it shows, numbers included.</param>
internal sealed record FigureText(string Id, string Title, string Description);

/// <summary>The outermost element of a figure.</summary>
internal static class Picture
{
    public static XElement Wrap(double width, double height, FigureText text, IEnumerable<XElement> content) => new(
        "svg",
        new XAttribute("viewBox", $"0 0 {Svg.Number(width)} {Svg.Number(height)}"),
        new XAttribute("width", Svg.Number(width)),
        new XAttribute("height", Svg.Number(height)),
        new XAttribute("preserveAspectRatio", "xMinYMin meet"),
        width > 700 ? new XAttribute("class", "wide") : null,
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", $"{text.Id}-title {text.Id}-desc"),
        new XAttribute("font-size", "13"),
        new XAttribute("fill", Ink.Text),
        new XElement("title", new XAttribute("id", $"{text.Id}-title"), Markup.Clean(text.Title)),
        new XElement("desc", new XAttribute("id", $"{text.Id}-desc"), Markup.Clean(text.Description)),
        content);
}
