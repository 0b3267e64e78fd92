using System.Diagnostics;
using System.Text;
using HccPipeline.Persistence;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Files;
using HccPipeline.Reporting.Html;
using HccPipeline.Reporting.Publication;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Reporting.Validation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Reporting.Tests.Files;

public sealed class ReportFileWriterTests : IDisposable
{
    private const ReportFormats Everything = ReportFormats.Html | ReportFormats.Json | ReportFormats.Csv | ReportFormats.Svg | ReportFormats.Pdf;

    private readonly string _root = Directory.CreateTempSubdirectory("hcc-report-files-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task WriteAsync_EveryFormatTwice_GivesTheSameBytesAndSelectableText()
    {
        WrittenReport first = await WriteAsync("a", Everything), again = await WriteAsync("b", Everything);

        Assert.Null(first.PdfProblem);
        Assert.Equal(["report-v3.html", "report-v3.json", "report-v3-csv", "report-v3-svg", "report-v3.pdf"], first.Paths.Select(p => Path.GetFileName(p)));
        string[] files = FilesBelow("a");
        Assert.Equal(files, FilesBelow("b"));
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(Path.Combine(_root, "a", f)), File.ReadAllBytes(Path.Combine(_root, "b", f))));
        Assert.InRange(new FileInfo(first.Paths[^1]).Length, 20_000, 2_000_000);

        string text = await TextOfAsync(again.Paths[^1]);
        Assert.Contains("Validation report, model version 3", text, StringComparison.Ordinal);
        Assert.Contains("Sensitivity", text, StringComparison.Ordinal);   // the axis of a figure
        Assert.Contains("Apparent performance", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_NoBrowser_WritesTheRestAndSaysWhatToInstall()
    {
        WrittenReport written = await WriteAsync("a", Everything, chromium: Path.Combine(_root, "nothing-here"));
        Assert.Equal(["report-v3.html", "report-v3.json", "report-v3-csv", "report-v3-svg"], written.Paths.Select(p => Path.GetFileName(p)));
        Assert.Contains("apt-get install chromium", written.PdfProblem, StringComparison.Ordinal);
        Assert.Contains("Reporting:Chromium", written.PdfProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_BrowserFails_SaysHow()
    {
        WrittenReport written = await WriteAsync("a", ReportFormats.Pdf, chromium: "/bin/false");
        Assert.Empty(written.Paths);
        Assert.Contains("/bin/false ended with 1", written.PdfProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_FolderOfAnEarlierReport_KeepsNoStaleTable()
    {
        string folder = Path.Combine(_root, "a", "report-v3-csv");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "table-99.csv"), "old", Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "mine", Ct);
        await WriteAsync("a", ReportFormats.Csv);
        Assert.False(File.Exists(Path.Combine(folder, "table-99.csv")));
        Assert.True(File.Exists(Path.Combine(folder, "notes.txt")));
        string[] index = await File.ReadAllLinesAsync(Path.Combine(folder, "index.csv"), Ct);
        Assert.Equal(Directory.GetFiles(folder, "*.csv").Length - 1, index.Length - 1);
    }

    private async Task<WrittenReport> WriteAsync(string folder, ReportFormats formats, string chromium = "")
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Blobs:Root", Path.Combine(_root, "blobs"))]).Build());
        services.AddPersistence();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IBlobStore blobs = provider.GetRequiredService<IBlobStore>();
        ValidationReport report = ValidationReportBuilder.Build(SmallCohort.Subject(), "test");
        string html = await blobs.PutAsync(ReportPage.Write(report), Ct), json = await blobs.PutAsync(CanonicalJson.Write(report), Ct);
        ChromiumPrinter printer = new(Options.Create(new ReportingOptions { Chromium = chromium }));
        return await new ReportFileWriter(blobs, printer, NullLogger<ReportFileWriter>.Instance)
            .WriteAsync("report-v3", html, json, Path.Combine(_root, folder), formats, Ct);
    }

    private string[] FilesBelow(string folder)
    {
        string root = Path.Combine(_root, folder);
        return [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)];
    }

    private static async Task<string> TextOfAsync(string pdf)
    {
        ProcessStartInfo start = new("pdftotext", ["-layout", pdf, "-"]) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return text;
    }
}
