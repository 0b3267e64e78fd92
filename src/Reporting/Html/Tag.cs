using System.Xml.Linq;

namespace HccPipeline.Reporting.Html;

/// <summary>Elements of the page. Text becomes text nodes, so that no name from a data set can become markup.</summary>
internal static class Tag
{
    public static XElement P(params object[] content) => Of("p", null, content);

    public static XElement Note(string text) => Of("p", "note", text);

    public static XElement H3(string text) => Of("h3", null, text);

    public static XElement Code(string text) => Of("code", null, text);

    public static XElement Bold(string text) => Of("b", null, text);

    /// <summary>A box that scrolls sideways on a narrow screen, by keyboard too.</summary>
    public static XElement Scroll(string label, XElement content) => Of(
        "div", "scroll", new XAttribute("tabindex", "0"), new XAttribute("role", "region"), new XAttribute("aria-label", Markup.Clean(label)), content);

    public static XElement Of(string name, string? cssClass, params object[] content)
    {
        XElement element = new(name);
        if (cssClass is not null) element.Add(new XAttribute("class", cssClass));
        element.Add([.. content.Select(c => c is string text ? Markup.Clean(text) : c)]);
        return element;
    }
}
