using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HccPipeline.Reporting.Html;

/// <summary>A page around its sections.</summary>
internal sealed record PageDocument
{
    private static readonly HashSet<string> VoidElements = new(StringComparer.Ordinal) { "meta" };
    private static readonly HashSet<string> LineBreakAfter = new(StringComparer.Ordinal)
    {
        "head", "title", "meta", "style", "header", "nav", "section", "h1", "h2", "h3", "p", "figure", "figcaption", "table", "caption", "thead",
        "tbody", "tr", "details", "div", "dl", "dt", "dd", "ol", "li", "main", "footer", "svg", "line", "path", "polyline", "polygon", "text", "circle", "rect",
    };

    /// <summary>Heading of the page.</summary>
    public required string Title { get; init; }

    /// <summary>Line above the heading.</summary>
    public required string Subject { get; init; }

    /// <summary>Line below the heading.</summary>
    public required string Extent { get; init; }

    /// <summary>Line at the foot of each printed sheet.</summary>
    public required string RunningTitle { get; init; }

    /// <summary>Sections in order.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>Last line.</summary>
    public required string Footer { get; init; }

    /// <summary>The page as UTF-8 without byte order mark: self-contained, well-formed XML too. The same content gives the same bytes.</summary>
    public byte[] Write()
    {
        XElement html = Build();
        foreach (XElement element in html.Descendants().ToList())
        {
            // In HTML an empty element must still be closed: <td></td>, not <td />; inside svg both are right.
            if (element.IsEmpty && !VoidElements.Contains(element.Name.LocalName) && !element.Ancestors("svg").Any()) element.Value = "";
            if (LineBreakAfter.Contains(element.Name.LocalName)) element.AddAfterSelf("\n");
        }
        StringBuilder text = new("<!DOCTYPE html>\n");
        XmlWriterSettings settings = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None, ConformanceLevel = ConformanceLevel.Fragment };
        using (XmlWriter writer = XmlWriter.Create(text, settings)) html.WriteTo(writer);
        text.Append('\n');
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text.ToString());
    }

    private XElement Build() => Tag.Of("html", null,
        new XAttribute("lang", "en"),
        Tag.Of("head", null,
            new XElement("meta", new XAttribute("charset", "utf-8")),
            Tag.Of("title", null, Title),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            Tag.Of("style", null, "\n" + StyleSheet().Replace("RUNNING TITLE", RunningTitle, StringComparison.Ordinal))),
        Tag.Of("body", null,
            Tag.Of("header", null,
                Tag.Of("p", "kicker", Subject),
                Tag.Of("h1", null, Title),
                Tag.Of("p", "kicker", Extent)),
            Contents(Sections),
            Tag.Of("main", null, [.. Sections.Select((s, i) => Tag.Of("section", null,
                new XAttribute("id", s.Id),
                Tag.Of("h2", null, $"{i + 1}\u2002{s.Title}"),
                s.Content))]),
            Tag.Of("footer", null, Footer)));

    private static XElement Contents(IReadOnlyList<Section> sections)
    {
        XElement nav = Tag.Of("nav", null,
            Tag.Of("h2", null, "Contents"),
            Tag.Of("ol", null, [.. sections.Select(s => Tag.Of("li", null, Tag.Of("a", null, new XAttribute("href", "#" + s.Id), s.Title)))]));
        nav.Add(new XAttribute("aria-label", "Contents"));
        return nav;
    }

    private static string StyleSheet()
    {
        using Stream stream = typeof(PageDocument).Assembly.GetManifestResourceStream("HccPipeline.Reporting.Html.report.css")
            ?? throw new InvalidOperationException("The style sheet is not in the assembly.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
