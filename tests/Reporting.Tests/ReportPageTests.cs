using System.Text;
using System.Xml;
using System.Xml.Linq;
using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Html;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Reporting.Validation;
using Xunit;

namespace HccPipeline.Reporting.Tests;

public sealed class ReportPageTests
{
    [Fact]
    public void Write_Twice_GivesTheSameBytes() => Assert.Equal(Page(SmallCohort.Subject()), Page(SmallCohort.Subject()));

    [Fact]
    public void Write_PaperCohort_GivesTheSameBytesAndStaysUnderTwoMegabytes()
    {
        PaperCohort paper = PaperCohort.Load();
        byte[] page = Page(paper.Subject());
        Assert.Equal(page, Page(paper.Subject()));
        Assert.InRange(page.Length, 50_000, 2_000_000);
    }

    [Fact]
    public void Write_IsWellFormedWithoutDuplicateIdsOrDanglingAnchors()
    {
        XElement html = Parse(Page(SmallCohort.Subject()));
        string[] ids = [.. html.DescendantsAndSelf().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        foreach (string target in html.Descendants("a").Attributes("href").Select(a => a.Value))
            Assert.Contains(target.TrimStart('#'), ids);
        foreach (string label in html.Descendants("svg").Attributes("aria-labelledby").SelectMany(a => a.Value.Split(' ')))
            Assert.Contains(label, ids);
    }

    [Fact]
    public void Write_NonVoidElements_AreNeverSelfClosed()
    {
        // A browser reads <td /> as an opening tag: what follows would land inside.
        XElement html = Parse(Page(SmallCohort.Subject()));
        Assert.DoesNotContain(html.Descendants(), e => e.IsEmpty && e.Name.LocalName != "meta" && !e.Ancestors("svg").Any());
    }

    [Fact]
    public void Write_LoadsNothingFromOutside()
    {
        string page = Encoding.UTF8.GetString(Page(SmallCohort.Subject()));
        XElement html = Parse(Encoding.UTF8.GetBytes(page));
        string[] loading = ["script", "link", "img", "iframe", "object", "embed", "image", "use", "base", "form"];
        Assert.DoesNotContain(html.Descendants(), e => loading.Contains(e.Name.LocalName, StringComparer.Ordinal));
        Assert.DoesNotContain(html.Descendants().Attributes(), a => a.Name.LocalName is "src" or "srcset" or "data" or "action" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(html.Descendants("a").Attributes("href"), a => Assert.StartsWith("#", a.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_PatientsLeftOut_ComeBeforeTheApparent()
    {
        XElement html = Parse(Page(SmallCohort.LeftOut()));
        string[] figures = [.. html.Descendants("figure").Attributes("id").Select(a => a.Value)];
        Assert.Equal(["calibration-left-out", "calibration", "decision-left-out", "decision"], figures.Where(f => f.StartsWith("calibration", StringComparison.Ordinal) || f.StartsWith("decision", StringComparison.Ordinal)));
        Assert.Contains("On patients left out it told progression", Section(html, "summary").Value, StringComparison.Ordinal);
        XElement table = Section(html, "calibration-section").Descendants("table").First();
        Assert.StartsWith("Imaging, patients left out", table.Element("tbody")!.Value, StringComparison.Ordinal);
        // The published study has curves and no numbers: ours are found by the numbers of their figures.
        string place = Section(html, "published").Descendants("tr").Single(r => r.Value.StartsWith("Calibration curves", StringComparison.Ordinal)).Elements().Last().Value;
        foreach (string figure in new[] { "calibration-left-out", "calibration" })
            Assert.Contains($" {1 + Array.IndexOf([.. figures.Where(f => html.Descendants("figure").Single(e => e.Attribute("id")?.Value == f).Element("details") is not null)], figure)}", place, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_GuardOverridden_SaysSoFirst()
    {
        Assert.DoesNotContain("in spite of a guard", Encoding.UTF8.GetString(Page(SmallCohort.Subject())), StringComparison.Ordinal);
        XElement html = Parse(Page(SmallCohort.Subject() with { Override = new("a first look", ["312 patients are missing."]) }));
        XElement first = Section(html, "summary").Elements("p").First();
        Assert.Equal("Trained in spite of a guard. 312 patients are missing. The reason given: “a first look”.", first.Value);
        Assert.Contains("a first look", Section(html, "limitations").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Figures_HaveTheirTablesOnPaperToo()
    {
        string style = Parse(Page(SmallCohort.Subject())).Descendants("style").Single().Value;
        string print = style[style.IndexOf("@media print", StringComparison.Ordinal)..];
        Assert.Contains("details::details-content { content-visibility: visible", print, StringComparison.Ordinal);
        Assert.DoesNotContain("details { display: none", print, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DevianceCutAbove_IsSaid()
    {
        ReportSubject subject = PaperCohort.Load().Subject();
        XElement html = Parse(Page(subject));
        foreach (ModelResult model in ValidationReportBuilder.Build(subject, "test").Models)
        {
            XElement figure = html.Descendants("figure").Single(f => f.Attribute("id")?.Value == $"deviance-{model.Name}");
            Assert.Equal(CrossValidationFigure.IsCut(model.Selection), figure.Value.Contains("Cut above", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Write_HoldsNoPseudonym()
    {
        string page = Encoding.UTF8.GetString(Page(SmallCohort.Subject()));
        Assert.All(SmallCohort.Snapshot().Patients, p => Assert.DoesNotContain(p.Pseudonym, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("a&b</title></style>")]
    [InlineData("post_\u0001\uD800_ADC")]
    public void Write_HostileFeatureName_IsText(string hostile)
    {
        byte[] page = Page(SmallCohort.Subject(rename: new Dictionary<string, string>(StringComparer.Ordinal) { [SmallCohort.Adc] = hostile }));
        XElement html = Parse(page);
        Assert.DoesNotContain(html.Descendants(), e => e.Name.LocalName is "script" or "img");
        string shown = hostile.Replace('\u0001', '\uFFFD').Replace('\uD800', '\uFFFD');
        Assert.Contains(html.Descendants("th"), e => e.Value.StartsWith(shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_SmallParts_SayInsufficient()
    {
        XElement html = Parse(Page(SmallCohort.Subject()));
        XElement figure = html.Descendants("figure").Single(f => (string?)f.Attribute("id") == "stability");
        Assert.Contains(figure.Descendants("text"), t => t.Value.StartsWith("insufficient", StringComparison.Ordinal));
        Assert.Contains(figure.Descendants("td"), t => t.Value.Contains("6 with progression and 4 without, fewer than 10 of each", StringComparison.Ordinal));
        Assert.Contains("stable", html.Descendants("section").Single(s => (string?)s.Attribute("id") == "stability-section").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EveryFigure_HasTitleDescriptionCaptionAndData()
    {
        XElement html = Parse(Page(SmallCohort.Subject()));
        XElement[] figures = [.. html.Descendants("figure").Where(f => f.Descendants("svg").Any())];
        Assert.Equal(12, figures.Length);
        Assert.All(figures, f =>
        {
            XElement svg = f.Descendants("svg").Single();
            Assert.NotEmpty(svg.Element("title")!.Value);
            Assert.NotEmpty(svg.Element("desc")!.Value);
            Assert.NotEmpty(f.Element("figcaption")!.Value);
            Assert.NotEmpty(f.Element("details")!.Descendants("td"));
        });
    }

    [Fact]
    public void Write_EveryRow_HasAsManyCellsAsHeadings()
    {
        foreach (XElement table in Parse(Page(SmallCohort.Subject())).Descendants("table"))
        {
            int columns = table.Element("thead")!.Element("tr")!.Elements("th").Count();
            Assert.All(table.Element("tbody")!.Elements("tr"), r => Assert.Equal(columns, r.Elements().Count()));
        }
    }

    [Theory]
    [InlineData(SmallCohort.Adc)]
    [InlineData("post_ADC_wavelet-LLH_glszm_SmallAreaHighGrayLevelEmphasis")]
    public void Write_Figures_KeepTheirTextInside(string feature)
    {
        ReportSubject subject = SmallCohort.Subject(rename: new Dictionary<string, string>(StringComparer.Ordinal) { [SmallCohort.Adc] = feature });
        foreach (XElement svg in Parse(Page(subject)).Descendants("svg"))
        {
            double[] box = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
            foreach (XElement text in svg.Descendants("text").Where(t => t.Attribute("x") is not null))
            {
                // Advance of a sans serif per unit of its size, on the wide side.
                double perCharacter = text.Attribute("font-weight") is null ? 0.51 : 0.57, size = Number((string?)text.Attribute("font-size") ?? "13");
                double x = Number(text.Attribute("x")!.Value), width = perCharacter * size * text.Value.Length;
                double left = (string?)text.Attribute("text-anchor") switch { "end" => x - width, "middle" => x - (width / 2), _ => x };
                Assert.True(left >= -1 && left + width <= box[2] + 1, $"'{text.Value}' sticks out of {svg.Element("title")!.Value}");
                Assert.InRange(Number(text.Attribute("y")!.Value), 8, box[3]);
            }
        }
    }

    [Fact]
    public void Write_PaperCohort_PrintsThePublishedAndOurNumbers()
    {
        XElement html = Parse(Page(PaperCohort.Load().Subject()));
        string published = html.Descendants("section").Single(s => (string?)s.Attribute("id") == "published").Value;
        Assert.Contains("0.811 (0.713–0.910)", published, StringComparison.Ordinal);
        Assert.Contains("0.811 (0.714–0.908)", published, StringComparison.Ordinal);
        Assert.Contains("0.755 (0.643–0.867)", published, StringComparison.Ordinal);
        Assert.Contains("0.614 (0.485–0.743)", published, StringComparison.Ordinal);
        Assert.Contains("log-rank p\u00a0=\u00a00.010", html.Value, StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Page(ReportSubject subject) => ReportPage.Write(ValidationReportBuilder.Build(subject, "test"));

    private static XElement Section(XElement html, string id) => html.Descendants("section").Single(s => s.Attribute("id")?.Value == id);

    private static XElement Parse(byte[] page)
    {
        using MemoryStream stream = new(page);
        using XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XElement.Load(reader);
    }
}
