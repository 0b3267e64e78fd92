using HccPipeline.Hosting;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Files;
using HccPipeline.Reporting.Html;
using HccPipeline.Reporting.Validation;
using Microsoft.Extensions.Options;

namespace HccPipeline.Reporting.Publication;

/// <summary>Makes validation reports, keeps them as blobs and puts them where people find them.</summary>
public sealed class ReportPublisher
{
    private readonly ReportSubjectReader _subjects;
    private readonly ReportRepository _reports;
    private readonly IBlobStore _blobs;
    private readonly ReportFileWriter _files;
    private readonly string _folder;
    private readonly ReportFormats _formats;

    internal ReportPublisher(ReportSubjectReader subjects, ReportRepository reports, IBlobStore blobs, ReportFileWriter files, IOptions<ReportingOptions> options)
    {
        _subjects = subjects;
        _reports = reports;
        _blobs = blobs;
        _files = files;
        _folder = options.Value.Folder;
        _formats = ReportFormatNames.Parse(options.Value.Formats) ?? ReportFormats.None;
    }

    /// <summary>Makes the report of a version and stores it, unless it is stored already.</summary>
    /// <param name="modelVersion">Version number.</param>
    /// <param name="rebuild">Make it again with this program even when it is stored.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ReportException">There is no such version, or its model and snapshot do not belong together.</exception>
    public async Task<ReportRow> PublishAsync(int modelVersion, bool rebuild, CancellationToken ct)
    {
        ReportRow? report = rebuild ? null : await FindWholeAsync(modelVersion, ct);
        if (report is null)
        {
            ValidationReport content = await BuildAsync(modelVersion, ct);
            // Blobs first: a row never points at nothing, and a crash in between leaves only blobs that the next attempt finds.
            report = new ReportRow
            {
                ModelVersion = modelVersion,
                HtmlSha256 = await _blobs.PutAsync(ReportPage.Write(content), ct),
                JsonSha256 = await _blobs.PutAsync(CanonicalJson.Write(content), ct),
            };
            await _reports.PutAsync(report, ct);
        }
        if (_folder.Length > 0) await _files.WriteOrLogAsync(Stem(report), report.HtmlSha256, report.JsonSha256, _folder, _formats, ct);
        return report;
    }

    /// <summary>Makes the content of a report without storing anything.</summary>
    /// <param name="modelVersion">Version number.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ReportException">There is no such version, or its model and snapshot do not belong together.</exception>
    public async Task<ValidationReport> BuildAsync(int modelVersion, CancellationToken ct)
    {
        ReportSubject subject = await _subjects.ReadAsync(modelVersion, ct);
        try
        {
            return ValidationReportBuilder.Build(subject, ProgramVersion.Current);
        }
        catch (InvalidDataException e)
        {
            throw new ReportException($"No report of model version {modelVersion}: {e.Message}", e);
        }
    }

    /// <summary>Writes a stored report as <c>report-vN.html</c> and <c>report-vN.json</c>.</summary>
    /// <param name="report">The stored report.</param>
    /// <param name="folder">Folder; made when it is not there.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ReportFiles> WriteFilesAsync(ReportRow report, string folder, CancellationToken ct)
    {
        WrittenReport written = await WriteFilesAsync(report, folder, ReportFormats.Html | ReportFormats.Json, ct);
        return new ReportFiles(written.Paths[0], written.Paths[1]);
    }

    /// <summary>Writes a stored report in some formats, under names that begin with <c>report-vN</c>.</summary>
    /// <param name="report">The stored report.</param>
    /// <param name="folder">Folder; made when it is not there.</param>
    /// <param name="formats">What to write.</param>
    /// <param name="ct">Cancels.</param>
    public Task<WrittenReport> WriteFilesAsync(ReportRow report, string folder, ReportFormats formats, CancellationToken ct) =>
        _files.WriteAsync(Stem(report), report.HtmlSha256, report.JsonSha256, folder, formats, ct);

    private static string Stem(ReportRow report) => $"report-v{report.ModelVersion}";

    private async Task<ReportRow?> FindWholeAsync(int modelVersion, CancellationToken ct) =>
        await _reports.FindAsync(modelVersion, ct) is { } report
        && await _blobs.ExistsAsync(report.HtmlSha256, ct)
        && await _blobs.ExistsAsync(report.JsonSha256, ct)
            ? report
            : null;
}

/// <summary>A report as plain files.</summary>
/// <param name="Html">Path of the page.</param>
/// <param name="Json">Path of the data.</param>
public sealed record ReportFiles(string Html, string Json);
