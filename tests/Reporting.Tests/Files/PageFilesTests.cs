using System.Globalization;
using System.Text;
using System.Xml.Linq;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Files;
using HccPipeline.Reporting.Html;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Reporting.Validation;
using Xunit;

namespace HccPipeline.Reporting.Tests.Files;

public sealed class PageFilesTests
{
    private static readonly ValidationReport Report = ValidationReportBuilder.Build(SmallCohort.Subject(), "test");
    private static readonly byte[] Page = ReportPage.Write(Report);

    [Fact]
    public void Figures_OfAPage_AreDocumentsThatStandAlone()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        IReadOnlyList<ExtractedFile> files = PageExtract.Figures(Page);
        Assert.Equal(12, files.Count);
        Assert.Contains("figure-07-roc.svg", files.Select(f => f.Name));
        Assert.All(files, f =>
        {
            XElement picture = XElement.Parse(Encoding.UTF8.GetString(f.Content));
            Assert.Equal(svg + "svg", picture.Name);
            Assert.All(picture.Descendants(), e => Assert.Equal(svg, e.Name.Namespace));
            Assert.Equal(f.Title, picture.Element(svg + "title")!.Value);
            Assert.NotEmpty(picture.Element(svg + "desc")!.Value);
        });
    }

    [Fact]
    public void Tables_OfAPage_HoldWhatItPrints()
    {
        Dictionary<string, ExtractedFile> files = PageExtract.Tables(Page).ToDictionary(f => f.Name, StringComparer.Ordinal);
        Assert.Equal(12, files.Keys.Count(n => n.StartsWith("figure-", StringComparison.Ordinal)));
        string[] first = Lines(files["table-01.csv"]);
        Assert.Equal("Model,Predictors,AUC left out (95% CI),Brier left out,Apparent AUC (95% CI),Apparent Brier", first[0].Replace('\u00a0', ' '));
        Assert.StartsWith("Imaging,2,", first[1], StringComparison.Ordinal);
        Assert.Equal(4, first.Length);
    }

    [Fact]
    public void Tables_OfTheDocument_ReadBackToTheSameNumbers()
    {
        Dictionary<string, ExtractedFile> tables = JsonTables.Of(CanonicalJson.Write(Report)).ToDictionary(f => f.Name, StringComparer.Ordinal);

        string[][] roc = Cells(tables["models-discrimination-roc.csv"]);
        Assert.Equal(["models", "x", "y"], roc[0]);
        CurvePoint[] combined = [.. roc.Skip(1).Where(r => r[0] == "combined").Select(r => new CurvePoint(Number(r[1]), Number(r[2])))];
        Assert.Equal(Report.Models[2].Discrimination.Roc, combined);

        string[][] lambda = Cells(tables["models-selection-lambda.csv"]);
        Assert.Equal(["models", "index", "lambda", "meanDeviance", "standardError", "nonZero"], lambda[0]);
        Assert.Equal(1 + (3 * 40), lambda.Length);
        Assert.Equal(Report.Models[1].Selection.MeanDeviance, lambda.Where(r => r[0] == "clinical").Select(r => Number(r[3])));

        string[][] models = Cells(tables["models.csv"]);
        int auc = Array.IndexOf(models[0], "discrimination.auc.value");
        Assert.Equal(Report.Models.Select(m => m.Discrimination.Auc.Value), models.Skip(1).Select(r => Number(r[auc])));

        string[][] single = Cells(tables["report.csv"]);
        Assert.Contains(single, r => r[0] == "provenance.modelVersion" && r[1] == "3");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("@sum", "'@sum")]
    [InlineData("-0.25", "-0.25")]
    [InlineData("+0.250", "+0.250")]
    [InlineData("-2+3", "'-2+3")]
    public void Write_Cell_IsQuotedAndNeverAFormula(string cell, string expected) =>
        Assert.Equal($"c\n{expected}\n", Encoding.UTF8.GetString(CsvText.Write(["c"], [[cell]])));

    [Theory]
    [InlineData("html", ReportFormats.Html)]
    [InlineData(" PDF, svg ,csv", ReportFormats.Pdf | ReportFormats.Svg | ReportFormats.Csv)]
    [InlineData("html,docx", null)]
    [InlineData("", null)]
    public void Parse_Formats_AreReadOrRefused(string text, ReportFormats? expected) => Assert.Equal(expected, ReportFormatNames.Parse(text));

    [Fact]
    public void Normalise_Dates_LoseTheClockAndNothingMoves()
    {
        byte[] pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n/CreationDate (D:20261123134603+00'00')\n/ModDate (D:20261123134604+00'00')>>\nD:20261123134603");
        int length = pdf.Length;
        PdfDates.Normalise(pdf);
        string text = Encoding.ASCII.GetString(pdf);
        Assert.Equal(length, pdf.Length);
        Assert.Contains("/CreationDate (D:20000101000000+00'00')", text, StringComparison.Ordinal);
        Assert.Contains("/ModDate (D:20000101000000+00'00')", text, StringComparison.Ordinal);
        Assert.EndsWith("D:20261123134603", text, StringComparison.Ordinal);
    }

    private static string[] Lines(ExtractedFile file) => Encoding.UTF8.GetString(file.Content).TrimEnd('\n').Split('\n');

    private static string[][] Cells(ExtractedFile file) => [.. Lines(file).Select(l => l.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
