using HccPipeline.Persistence.Blobs;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Reporting.Files;

/// <summary>Writes stored reports as plain files. Everything is made from the stored page and document, so that all forms say the same.</summary>
internal sealed partial class ReportFileWriter(IBlobStore blobs, ChromiumPrinter printer, ILogger<ReportFileWriter> logger)
{
    /// <summary>Writes a report as <c>STEM.html</c>, <c>STEM.json</c>, <c>STEM.pdf</c> and the folders <c>STEM-csv</c> and <c>STEM-svg</c>.</summary>
    /// <param name="stem">Name of the report, as <c>report-v3</c>.</param>
    /// <param name="htmlSha256">Blob key of the page.</param>
    /// <param name="jsonSha256">Blob key of the document.</param>
    /// <param name="folder">Folder; made when it is not there.</param>
    /// <param name="formats">What to write.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<WrittenReport> WriteAsync(string stem, string htmlSha256, string jsonSha256, string folder, ReportFormats formats, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        byte[] html = await blobs.GetAsync(htmlSha256, ct), json = await blobs.GetAsync(jsonSha256, ct);
        string at = Path.Combine(folder, stem);
        List<string> paths = [];
        string? problem = null;
        if (formats.HasFlag(ReportFormats.Html)) paths.Add(await WriteAsync(at + ".html", html, ct));
        if (formats.HasFlag(ReportFormats.Json)) paths.Add(await WriteAsync(at + ".json", json, ct));
        if (formats.HasFlag(ReportFormats.Csv)) paths.Add(await WriteFolderAsync(at + "-csv", Tables(html, json), ct));
        if (formats.HasFlag(ReportFormats.Svg)) paths.Add(await WriteFolderAsync(at + "-svg", PageExtract.Figures(html), ct));
        if (formats.HasFlag(ReportFormats.Pdf))
        {
            try
            {
                paths.Add(await WriteAsync(at + ".pdf", await printer.PrintAsync(html, ct), ct));
            }
            catch (PdfUnavailableException e)
            {
                problem = e.Message;
            }
        }
        return new WrittenReport(paths, problem);
    }

    /// <summary>The same where nobody waits for the answer: what is missing goes into the log.</summary>
    /// <inheritdoc cref="WriteAsync(string, string, string, string, ReportFormats, CancellationToken)" path="/param"/>
    public async Task WriteOrLogAsync(string stem, string htmlSha256, string jsonSha256, string folder, ReportFormats formats, CancellationToken ct)
    {
        WrittenReport written = await WriteAsync(stem, htmlSha256, jsonSha256, folder, formats, ct);
        if (written.PdfProblem is { } problem) LogNoPdf(logger, stem, problem);
    }

    /// <summary>The tables as printed, the content in full precision under <c>data-</c>, and a list of both.</summary>
    private static List<ExtractedFile> Tables(byte[] html, byte[] json)
    {
        List<ExtractedFile> files =
        [
            .. PageExtract.Tables(html),
            .. JsonTables.Of(json).Select(t => t with { Name = "data-" + t.Name, Title = $"Content in full precision: {t.Title}" }),
        ];
        files.Insert(0, new("index.csv", "", CsvText.Write(["file", "shows"], files.Select(f => (string[])[f.Name, f.Title]))));
        return files;
    }

    private static async Task<string> WriteFolderAsync(string folder, IReadOnlyList<ExtractedFile> files, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        foreach (ExtractedFile file in files) await WriteAsync(Path.Combine(folder, file.Name), file.Content, ct);
        // What an earlier program wrote there and this report does not have would be read as part of it.
        HashSet<string> written = files.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string other in Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".csv" or ".svg" && !written.Contains(Path.GetFileName(f))))
            File.Delete(other);
        return folder;
    }

    // Written beside and renamed: a reader never sees half a file, and of two writers the last one wins with the same bytes.
    private static async Task<string> WriteAsync(string path, byte[] content, CancellationToken ct)
    {
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            await File.WriteAllBytesAsync(partial, content, ct);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
        return path;
    }

    [LoggerMessage(5003, LogLevel.Warning, "{Report} is without PDF. {Problem}")]
    private static partial void LogNoPdf(ILogger logger, string report, string problem);
}

/// <summary>A report as plain files.</summary>
/// <param name="Paths">Files and folders, in the order HTML, JSON, CSV, SVG, PDF.</param>
/// <param name="PdfProblem">Why there is no PDF although one was asked for; null when all is there.</param>
public sealed record WrittenReport(IReadOnlyList<string> Paths, string? PdfProblem);
