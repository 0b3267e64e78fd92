using System.Xml.Linq;

namespace HccPipeline.Reporting.Html;

/// <summary>A section of the page.</summary>
/// <param name="Id">Anchor.</param>
/// <param name="Title">Heading.</param>
/// <param name="Content">What follows the heading.</param>
internal sealed record Section(string Id, string Title, IReadOnlyList<XElement> Content);
