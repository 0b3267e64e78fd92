using System.Xml.Linq;
using HccPipeline.Reporting.Figures;

namespace HccPipeline.Reporting.Html;

/// <summary>Numbers tables and figures in the order in which the sections ask for them.</summary>
internal sealed class PageParts
{
    private int _tables;
    private readonly Dictionary<string, string> _figures = new(StringComparer.Ordinal);

    /// <summary>Number of a figure that stands further up; null where there is none.</summary>
    public string? NumberOf(string id) => _figures.GetValueOrDefault(id);

    /// <summary>A numbered table.</summary>
    public XElement Table(string caption, TableView table)
    {
        string number = $"Table {++_tables}.";
        return table.ToElement([Tag.Bold(number), " " + caption], $"{number} {caption}");
    }

    /// <summary>A numbered figure with the table of its data behind it.</summary>
    /// <param name="id">Identifier, unique in the page.</param>
    /// <param name="title">What the figure is.</param>
    /// <param name="caption">What to see and how it was made.</param>
    /// <param name="description">The same for someone who cannot see it, numbers included.</param>
    /// <param name="draw">Draws it.</param>
    /// <param name="data">Its numbers.</param>
    public XElement Figure(string id, string title, string caption, string description, Func<FigureText, XElement> draw, TableView data)
    {
        _figures.Add(id, $"{_figures.Count + 1}");
        string number = $"Figure {_figures[id]}.";
        return Tag.Of("figure", null,
            new XAttribute("id", id),
            Tag.Scroll($"{number} {title}", draw(new FigureText(id, title, description))),
            Tag.Of("figcaption", null, Tag.Bold($"{number} {title}."), " " + caption),
            Tag.Of("details", null,
                Tag.Of("summary", null, "Data of this figure"),
                data.ToElement([$"Data of {number.TrimEnd('.').ToLowerInvariant()}."], $"Data of {number} {title}")));
    }
}
