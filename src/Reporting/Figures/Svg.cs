using System.Xml.Linq;

namespace HccPipeline.Reporting.Figures;

/// <summary>Elements of SVG, without a namespace: inside an HTML page the parser supplies it.</summary>
internal static class Svg
{
    /// <summary>A coordinate: at most two decimals, never minus zero, so that equal pictures are equal bytes.</summary>
    public static string Number(double value)
    {
        double rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return rounded == 0 ? "0" : rounded.ToString("0.##");
    }

    public static XElement Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        stroke.ApplyTo(new XElement("line", At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2)));

    public static XElement Polyline(IEnumerable<(double X, double Y)> points, Stroke stroke) =>
        stroke.ApplyTo(new XElement(
            "polyline",
            new XAttribute("fill", "none"),
            new XAttribute("points", Points(points))));

    public static XElement Polygon(IEnumerable<(double X, double Y)> points, string fill) =>
        new("polygon",
            new XAttribute("fill", fill),
            new XAttribute("points", Points(points)));

    /// <summary>Short upright strokes, as one path; strokes that would cover each other are drawn once.</summary>
    public static XElement Ticks(IEnumerable<(double X, double Y)> places, double half, Stroke stroke) =>
        stroke.ApplyTo(new XElement(
            "path",
            new XAttribute("d", string.Join(' ', Distinct(places, 0.5).Select(p => $"M{Number(p.X)} {Number(p.Y - half)}v{Number(2 * half)}")))));

    public static XElement Circle(double x, double y, double radius, string fill, string stroke) =>
        new("circle", At("cx", x), At("cy", y), At("r", radius), new XAttribute("fill", fill), new XAttribute("stroke", stroke));

    public static XElement Square(double x, double y, double half, string fill) =>
        new("rect", At("x", x - half), At("y", y - half), At("width", 2 * half), At("height", 2 * half), new XAttribute("fill", fill));

    /// <summary>A nearly opaque white ground for text on top of curves.</summary>
    public static XElement Backing(double x, double y, double width, double height) =>
        new("rect", At("x", x), At("y", y), At("width", width), At("height", height), new XAttribute("fill", "#fff"), new XAttribute("fill-opacity", "0.85"));

    public static XElement Text(double x, double y, string text, TextStyle? style = null)
    {
        style ??= TextStyle.Start;
        XElement element = new("text", At("x", x), At("y", y), Markup.Clean(text));
        if (style.Anchor != "start") element.Add(new XAttribute("text-anchor", style.Anchor));
        if (style.Fill != Ink.Text) element.Add(new XAttribute("fill", style.Fill));
        if (style.Bold) element.Add(new XAttribute("font-weight", "600"));
        if (style.Size is { } size) element.Add(At("font-size", size));
        return element;
    }

    /// <summary>A text with a white rim, readable on top of lines.</summary>
    public static XElement Haloed(double x, double y, string text, TextStyle style)
    {
        XElement element = Text(x, y, text, style);
        element.Add(new XAttribute("stroke", "#fff"), new XAttribute("stroke-width", "4"), new XAttribute("paint-order", "stroke"));
        return element;
    }

    public static XElement Vertical(double x, double y, string text) =>
        new("text",
            new XAttribute("transform", $"translate({Number(x)} {Number(y)}) rotate(-90)"),
            new XAttribute("text-anchor", "middle"),
            Markup.Clean(text));

    // A fifth of a picture unit cannot be seen; thousands of patients make thousands of such steps.
    private static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', Distinct(points, 0.2).Select(p => $"{Number(p.X)},{Number(p.Y)}"));

    /// <summary>The points without those nearer than <paramref name="gap"/> to the last one kept; the last point is always kept.</summary>
    private static IEnumerable<(double X, double Y)> Distinct(IEnumerable<(double X, double Y)> points, double gap)
    {
        (double X, double Y)? kept = null, skipped = null;
        foreach ((double X, double Y) point in points)
        {
            if (kept is { } last && Math.Abs(point.X - last.X) < gap && Math.Abs(point.Y - last.Y) < gap)
            {
                skipped = point;
                continue;
            }
            kept = point;
            skipped = null;
            yield return point;
        }
        if (skipped is { } end) yield return end;
    }

    private static XAttribute At(string name, double value) => new(name, Number(value));
}

/// <summary>How a line is drawn.</summary>
/// <param name="Color">Colour.</param>
/// <param name="Width">Width in picture units.</param>
/// <param name="Dash">Dash pattern; null for a solid line.</param>
internal sealed record Stroke(string Color, double Width = 1, string? Dash = null)
{
    public XElement ApplyTo(XElement element)
    {
        element.Add(new XAttribute("stroke", Color), new XAttribute("stroke-width", Svg.Number(Width)));
        if (Dash is not null) element.Add(new XAttribute("stroke-dasharray", Dash));
        return element;
    }
}

/// <summary>How a text is set.</summary>
/// <param name="Anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
/// <param name="Fill">Colour.</param>
/// <param name="Bold">Semi-bold.</param>
/// <param name="Size">Size when not the picture's own.</param>
internal sealed record TextStyle(string Anchor, string Fill = Ink.Text, bool Bold = false, double? Size = null)
{
    public static readonly TextStyle Start = new("start");
    public static readonly TextStyle Middle = new("middle");
    public static readonly TextStyle End = new("end");
}
