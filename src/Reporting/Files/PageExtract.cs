using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HccPipeline.Reporting.Files;

/// <summary>A file made from a report.</summary>
/// <param name="Name">Name with extension.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Content">Bytes.</param>
internal sealed record ExtractedFile(string Name, string Title, byte[] Content);

/// <summary>
/// Takes the figures and tables out of a stored page. A page is well-formed XML, so that what is taken out is what the page shows, whichever program
/// wrote it.
/// </summary>
internal static class PageExtract
{
    private static readonly XNamespace SvgNamespace = "http://www.w3.org/2000/svg";

    /// <summary>Every figure as a picture of its own, in the order of the page.</summary>
    public static IReadOnlyList<ExtractedFile> Figures(byte[] page)
    {
        List<ExtractedFile> files = [];
        foreach (XElement figure in FiguresOf(Parse(page)))
        {
            string title = figure.Descendants("svg").First().Element("title")!.Value;
            files.Add(new($"{FigureName(files.Count + 1, figure)}.svg", title, Picture(figure.Descendants("svg").First())));
        }
        return files;
    }

    /// <summary>Every table as printed, and the table behind every figure, in the order of the page.</summary>
    public static IReadOnlyList<ExtractedFile> Tables(byte[] page)
    {
        XElement html = Parse(page);
        List<ExtractedFile> files = [];
        int number = 0;
        foreach (XElement table in html.Descendants("figure").Where(f => ((string?)f.Attribute("class"))?.Split(' ')[0] == "table" && !f.Ancestors("figure").Any()))
            files.Add(new($"table-{++number:00}.csv", table.Element("figcaption")!.Value, Csv(table)));
        number = 0;
        foreach (XElement figure in FiguresOf(html))
        {
            XElement data = figure.Element("details")!.Element("figure")!;
            files.Add(new($"{FigureName(++number, figure)}.csv", figure.Descendants("svg").First().Element("title")!.Value, Csv(data)));
        }
        return files;
    }

    private static IEnumerable<XElement> FiguresOf(XElement html) => html.Descendants("figure").Where(f => f.Attribute("id") is not null);

    private static string FigureName(int number, XElement figure) => $"figure-{number:00}-{figure.Attribute("id")!.Value}";

    private static byte[] Csv(XElement figure)
    {
        XElement table = figure.Descendants("table").First();
        return CsvText.Write(Cells(table.Element("thead")!.Element("tr")!), table.Element("tbody")!.Elements("tr").Select(Cells));
    }

    private static IEnumerable<string> Cells(XElement row) => row.Elements().Select(cell =>
    {
        string printed = cell.Value.Replace('\u00a0', ' '), number = printed.Replace('−', '-');
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? number : printed;
    });

    /// <summary>The picture as a document: in its namespace, on white ground, with the page's choice of fonts.</summary>
    internal static byte[] Picture(XElement inPage)
    {
        XElement svg = new(inPage);
        string[] box = svg.Attribute("viewBox")!.Value.Split(' ');
        svg.SetAttributeValue("class", null);
        svg.SetAttributeValue("font-family", "Helvetica, Arial, Liberation Sans, sans-serif");
        svg.Element("desc")!.AddAfterSelf("\n", new XElement("rect", new XAttribute("width", box[2]), new XAttribute("height", box[3]), new XAttribute("fill", "#fff")), "\n");
        foreach (XElement element in svg.DescendantsAndSelf()) element.Name = SvgNamespace + element.Name.LocalName;
        StringBuilder text = new();
        XmlWriterSettings settings = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };
        using (XmlWriter writer = XmlWriter.Create(text, settings)) svg.WriteTo(writer);
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text.Append('\n').ToString());
    }

    private static XElement Parse(byte[] page)
    {
        using MemoryStream stream = new(page, writable: false);
        using XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }
}
