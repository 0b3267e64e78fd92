using System.Xml.Linq;

namespace HccPipeline.Reporting.Html;

/// <summary>A table: a column of row names and columns of values.</summary>
/// <param name="Columns">Headings; a heading that starts with <see cref="Numeric"/> is set flush right.</param>
/// <param name="Rows">Cells, as many as columns; the first is the row's name.</param>
internal sealed record TableView(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Marks a heading over numbers; not printed.</summary>
    public const char Numeric = '#';

    /// <summary>A table of at most so many rows is not broken over two sheets.</summary>
    private const int MaxUnbrokenRows = 14;

    /// <summary>Index of a row to be set in bold, as a total or the main result; −1 for none.</summary>
    public int Emphasis { get; init; } = -1;

    /// <summary>Style class besides <c>table</c>; null for none.</summary>
    public string? Kind { get; init; }

    /// <summary>The table in a box that scrolls sideways on a narrow screen, its caption above and always whole.</summary>
    /// <param name="caption">Content of the caption.</param>
    /// <param name="label">What a screen reader calls the table.</param>
    public XElement ToElement(object[] caption, string label)
    {
        bool[] numeric = [.. Columns.Select(c => c.StartsWith(Numeric))];
        string clean = Markup.Clean(label);
        string style = Rows.Count <= MaxUnbrokenRows ? "table keep" : "table";
        return Tag.Of("figure", Kind is null ? style : $"{style} {Kind}",
            Tag.Of("figcaption", null, caption),
            Tag.Scroll(clean, Tag.Of("table", null,
                new XAttribute("aria-label", clean),
                Tag.Of("thead", null, Tag.Of("tr", null, [.. Columns.Select((c, j) => Head(c.TrimStart(Numeric), numeric[j], "col"))])),
                Tag.Of("tbody", null, [.. Rows.Select((row, i) => Row(row, numeric, i == Emphasis))]))));
    }

    private static XElement Row(IReadOnlyList<string> cells, bool[] numeric, bool emphasis) => Tag.Of(
        "tr",
        emphasis ? "total" : null,
        [.. cells.Select((cell, j) => j == 0 ? Head(cell, numeric[j], "row") : Tag.Of("td", numeric[j] ? "n" : null, cell))]);

    private static XElement Head(string text, bool numeric, string scope)
    {
        XElement head = Tag.Of("th", numeric ? "n" : null, text.Replace("95% CI", "95%\u00a0CI"));
        head.Add(new XAttribute("scope", scope));
        return head;
    }
}
