using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using HccPipeline.Reporting.Html.Sections;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html;

/// <summary>Writes a validation report as one self-contained HTML page that is well-formed XML too. The same report gives the same bytes.</summary>
public static class ReportPage
{
    private static readonly HashSet<string> VoidElements = new(StringComparer.Ordinal) { "meta" };
    private static readonly HashSet<string> LineBreakAfter = new(StringComparer.Ordinal)
    {
        "head", "title", "meta", "style", "header", "nav", "section", "h1", "h2", "h3", "p", "figure", "figcaption", "table", "caption", "thead",
        "tbody", "tr", "details", "div", "dl", "dt", "dd", "ol", "li", "main", "footer", "svg", "line", "path", "polyline", "polygon", "text", "circle", "rect",
    };

    /// <summary>The page as UTF-8 without byte order mark.</summary>
    public static byte[] Write(ValidationReport report)
    {
        XElement html = Build(report);
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

    private static XElement Build(ValidationReport report)
    {
        PageParts parts = new();
        Section[] sections =
        [
            SummarySection.Of(report, parts),
            CohortSection.Of(report, parts),
            PredictorSection.Of(report, parts),
            SelectionSection.Of(report, parts),
            DiscriminationSection.Of(report, parts),
            CalibrationSection.Of(report, parts),
            DecisionSection.Of(report, parts),
            NomogramSection.Of(report, parts),
            SurvivalSection.Of(report, parts),
            StabilitySection.Of(report, parts),
            PublishedSection.Of(report, parts),
            LimitationSection.Of(report),
            LineageSection.Of(report, parts),
            ProvenanceSection.Of(report),
            ChecklistSection.Of(report, parts),
        ];
        string title = $"Validation report, model version {report.Provenance.ModelVersion}";
        return Tag.Of("html", null,
            new XAttribute("lang", "en"),
            Tag.Of("head", null,
                new XElement("meta", new XAttribute("charset", "utf-8")),
                Tag.Of("title", null, title),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                Tag.Of("style", null, "\n" + StyleSheet())),
            Tag.Of("body", null,
                Tag.Of("header", null,
                    Tag.Of("p", "kicker", "Response to immune-targeted therapy in advanced hepatocellular carcinoma"),
                    Tag.Of("h1", null, title),
                    Tag.Of("p", "kicker", Extent(report.Cohort))),
                Contents(sections),
                Tag.Of("main", null, [.. sections.Select((s, i) => Tag.Of("section", null,
                    new XAttribute("id", s.Id),
                    Tag.Of("h2", null, $"{i + 1}\u2002{s.Title}"),
                    s.Content))]),
                Tag.Of("footer", null, Footer(report.Provenance))));
    }

    private static string Extent(CohortSummary cohort)
    {
        string centers = cohort.Centers.Count == 1 ? "1 centre" : $"{cohort.Centers.Count} centres";
        string period = cohort.FirstQuarter == cohort.LastQuarter ? cohort.FirstQuarter : $"{cohort.FirstQuarter} to {cohort.LastQuarter}";
        return $"{cohort.All.Patients} patients, {cohort.All.Progression} with progression, {centers}, treatment started {period}";
    }

    private static XElement Contents(IReadOnlyList<Section> sections)
    {
        XElement nav = Tag.Of("nav", null,
            Tag.Of("h2", null, "Contents"),
            Tag.Of("ol", null, [.. sections.Select(s => Tag.Of("li", null, Tag.Of("a", null, new XAttribute("href", "#" + s.Id), s.Title)))]));
        nav.Add(new XAttribute("aria-label", "Contents"));
        return nav;
    }

    private static string Footer(Provenance provenance) => string.Create(
        CultureInfo.InvariantCulture,
        $"Model version {provenance.ModelVersion}, snapshot {provenance.SnapshotSha256[..Math.Min(12, provenance.SnapshotSha256.Length)]}. The same numbers, in full precision, stand in the JSON file beside this page.");

    private static string StyleSheet()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("HccPipeline.Reporting.Html.report.css")
            ?? throw new InvalidOperationException("The style sheet is not in the assembly.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
