using System.Text;
using System.Xml;
using System.Xml.Linq;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Drift;
using HccPipeline.Reporting.Files;
using HccPipeline.Reporting.Html.Drift;
using HccPipeline.Reporting.Tests.Fixtures;
using Xunit;

namespace HccPipeline.Reporting.Tests;

public sealed class DriftReportTests
{
    private static readonly DriftReport Report = DriftDocuments.Report();
    private static readonly byte[] Page = DriftPage.Write(Report);

    [Fact]
    public void Build_VersionsInAnyOrder_GiveTheSameBytesUnderTwoMegabytes()
    {
        Assert.Equal(Page, DriftPage.Write(DriftDocuments.Report()));
        byte[] json = CanonicalJson.Write(Report);
        Assert.Equal(json, CanonicalJson.Write(CanonicalJson.Read<DriftReport>(json)));
        Assert.InRange(Page.Length, 30_000, 2_000_000);
    }

    [Fact]
    public void Write_LargeRegistry_StaysUnderTwoMegabytes()
    {
        string[] centres = [.. Enumerable.Range(1, 40).Select(c => $"C{c:00}")], windows = [.. Enumerable.Range(0, 20).Select(w => $"{2021 + (w / 4)}Q{1 + (w % 4)}")];
        WindowDocument window = DriftDocuments.First.Windows.First(w => w.Auc is not null && w.Power is not null);
        ChartDocument chart = DriftDocuments.First.Charts.First(c => c.Values.Count > 0);
        string[] order = [.. windows.SelectMany(w => Enumerable.Repeat(w, 40))];
        DriftDocument large = DriftDocuments.First with
        {
            Windows = [.. centres.Prepend(null).SelectMany(c => windows.Select(w => window with { Center = c, Window = w }))],
            Charts = [.. centres.Prepend(null).SelectMany(c => (ChartDocument[])
                [chart with { Center = c, Windows = order, Values = [.. order.Select((_, i) => Math.Sin(i) / 3)], Alarms = [] }, chart with { Center = c, Statistic = "cusum", Windows = order, Values = [.. order.Select((_, i) => Math.Cos(i) + 1)], Alarms = [7] }])],
            Features = [.. centres.SelectMany(c => Enumerable.Range(0, 60).Select(f => DriftDocuments.First.Features[0] with { Center = c, Name = $"post_T2_original_glcm_Feature{f}" }))],
        };
        DriftReport report = DriftReportBuilder.Build(60, [.. Enumerable.Range(1, 60).Select(v => (new AssessmentKey(v, "2025Q4", 1, new string('a', 64)), large with { ModelVersion = v }))], "test");
        byte[] page = DriftPage.Write(report);
        Assert.InRange(page.Length, 300_000, 2_000_000);
        Assert.Contains("36 earlier versions stand in the JSON file.", Encoding.UTF8.GetString(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Versions_HoldEveryPooledWindowOfEach()
    {
        Assert.Equal(DriftDocuments.First.Windows.Count(w => w.Center is null), Report.Versions.Count(v => v.ModelVersion == 1));
        Assert.Equal(DriftDocuments.Second.Windows.Count(w => w.Center is null), Report.Versions.Count(v => v.ModelVersion == 2));
        VersionOnWindow row = Report.Versions.Single(v => v is { ModelVersion: 1, Window: "2023Q3" });
        WindowDocument window = DriftDocuments.First.Windows.Single(w => w is { Center: null, Window: "2023Q3" });
        Assert.Equal((window.Auc, window.Mature, window.Cases), (row.Auc, row.Mature, row.Cases));
    }

    [Fact]
    public void Build_VersionWithoutAssessment_IsRefused() =>
        Assert.Throws<ArgumentException>(() => DriftReportBuilder.Build(7, [(new(1, "2024Q2", 1, new string('a', 64)), DriftDocuments.First)], "test"));

    [Fact]
    public void Write_EveryFigure_HasTitleDescriptionCaptionAndData()
    {
        XElement html = Parse(Page);
        XElement[] figures = [.. html.Descendants("figure").Where(f => f.Attribute("id") is not null)];
        Assert.Equal(["versions", "calibration-over-time", "centres", "chart-ewma", "chart-cusum", "shifts"], figures.Select(f => f.Attribute("id")!.Value));
        Assert.All(figures, f =>
        {
            XElement svg = f.Descendants("svg").Single();
            Assert.NotEmpty(svg.Element("title")!.Value);
            Assert.NotEmpty(svg.Element("desc")!.Value);
            Assert.NotEmpty(f.Element("details")!.Descendants("td"));
        });
        Assert.Equal(7, figures[2].Descendants("g").Count());   // a panel of each centre, and of all together
        Assert.Equal(6, PageExtract.Figures(Page).Count);
    }

    [Fact]
    public void Write_Page_IsWholeAndLoadsNothing()
    {
        XElement html = Parse(Page);
        string[] ids = [.. html.DescendantsAndSelf().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(html.Descendants("a").Attributes("href"), a => Assert.Contains(a.Value.TrimStart('#'), ids));
        Assert.All(html.Descendants("table"), t =>
        {
            int columns = t.Element("thead")!.Element("tr")!.Elements("th").Count();
            Assert.All(t.Element("tbody")!.Elements("tr"), r => Assert.Equal(columns, r.Elements().Count()));
        });
        string text = Encoding.UTF8.GetString(Page);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("RUNNING TITLE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Alerts_StandHighestFirstWithTheirCentre()
    {
        XElement table = Parse(Page).Descendants("section").Single(s => (string?)s.Attribute("id") == "findings").Descendants("tbody").Single();
        string[][] rows = [.. table.Elements("tr").Select(r => r.Elements().Select(c => c.Value).ToArray())];
        Assert.Equal(DriftDocuments.First.Findings.Count, rows.Length);
        Assert.Equal("Action", rows[0][0]);
        Assert.Contains(rows, r => r[0] == "Action" && r[1] == "C03");
        int[] ranks = [.. rows.Select(r => AlertLevels.Rank(r[0].ToLowerInvariant().Replace(' ', '-')))];
        Assert.Equal(ranks.OrderDescending(), ranks);
    }

    [Fact]
    public void Write_SmallWindow_SaysInsufficientWithItsPower()
    {
        WindowDocument window = DriftDocuments.First.Windows.First(w => w is { Verdict: DriftVerdicts.Insufficient, Auc: not null, Power: not null, Center: not null });
        string cell = DriftText.Cell(window.Auc, window.Verdict, window.Mature, window.Cases, window.Power);
        Assert.Contains("insufficient, power 0.", cell, StringComparison.Ordinal);
        Assert.Contains(Parse(Page).Descendants("td"), t => t.Value == cell);
    }

    [Fact]
    public void Write_NothingKnown_SaysSoWithoutFigures()
    {
        DriftDocument empty = DriftDocuments.First with
        {
            Reference = null, Charts = [], Features = [], Scanners = [], Findings = [],
            Windows = [new WindowDocument { Center = null, Window = "2024Q1", State = WindowStates.Open, Verdict = DriftVerdicts.Awaited, Patients = 3, Refused = 0, Mature = 0, Cases = 0, Prospective = 0, Retrospective = 0 }],
        };
        XElement html = Parse(DriftPage.Write(DriftReportBuilder.Build(1, [(new(1, "2024Q1", 1, new string('a', 64)), empty)], "test")));
        Assert.Empty(html.Descendants("svg"));
        Assert.Contains("No quarter has outcomes enough", html.Value, StringComparison.Ordinal);
        Assert.Contains("There is no reference yet", html.Value, StringComparison.Ordinal);
    }

    private static XElement Parse(byte[] page)
    {
        using MemoryStream stream = new(page);
        using XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XElement.Load(reader);
    }
}
