using System.Security.Cryptography;
using System.Text;
using HccPipeline.Contracts.Drift;
using HccPipeline.Hosting;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Files;
using HccPipeline.Reporting.Html.Drift;
using HccPipeline.Reporting.Publication;
using Microsoft.Extensions.Options;

namespace HccPipeline.Reporting.Drift;

/// <summary>Makes drift reports of stored assessments, keeps them as blobs and puts them where people find them.</summary>
public sealed class DriftReportPublisher
{
    private readonly DriftAssessmentRepository _assessments;
    private readonly DriftReportRepository _reports;
    private readonly IBlobStore _blobs;
    private readonly ReportFileWriter _files;
    private readonly string _folder;
    private readonly ReportFormats _formats;

    internal DriftReportPublisher(
        DriftAssessmentRepository assessments, DriftReportRepository reports, IBlobStore blobs, ReportFileWriter files, IOptions<ReportingOptions> options)
    {
        _assessments = assessments;
        _reports = reports;
        _blobs = blobs;
        _files = files;
        _folder = options.Value.Folder;
        _formats = ReportFormatNames.Parse(options.Value.Formats) ?? ReportFormats.None;
    }

    /// <summary>Makes the report of a version as far as a period and stores it, unless it is stored already and its assessments are the same.</summary>
    /// <param name="modelVersion">Version number.</param>
    /// <param name="period">Last window, as <c>2023Q2</c>; null for the last that was assessed.</param>
    /// <param name="rebuild">Make it again with this program in any case.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ReportException">The version was not assessed, or not for this period.</exception>
    public async Task<DriftReportRow> PublishAsync(int modelVersion, string? period, bool rebuild, CancellationToken ct)
    {
        IReadOnlyList<DriftAssessmentRow> sources = await SourcesAsync(modelVersion, period, ct);
        string last = sources.First(s => s.ModelVersion == modelVersion).Period, inputs = Hash(sources);
        DriftReportRow? report = rebuild ? null : await _reports.FindAsync(modelVersion, last, ct);
        if (report is null || report.InputsSha256 != inputs || !await _blobs.ExistsAsync(report.HtmlSha256, ct) || !await _blobs.ExistsAsync(report.JsonSha256, ct))
        {
            DriftReport content = await BuildAsync(modelVersion, sources, ct);
            // Blobs first: a row never points at nothing.
            report = new DriftReportRow
            {
                ModelVersion = modelVersion,
                Period = last,
                InputsSha256 = inputs,
                HtmlSha256 = await _blobs.PutAsync(DriftPage.Write(content), ct),
                JsonSha256 = await _blobs.PutAsync(CanonicalJson.Write(content), ct),
            };
            await _reports.PutAsync(report, ct);
        }
        if (_folder.Length > 0) await _files.WriteOrLogAsync(Stem(report), report.HtmlSha256, report.JsonSha256, _folder, _formats, ct);
        return report;
    }

    /// <summary>Writes a stored report in some formats, under names that begin with <c>drift-vN-PERIOD</c>.</summary>
    /// <param name="report">The stored report.</param>
    /// <param name="folder">Folder; made when it is not there.</param>
    /// <param name="formats">What to write.</param>
    /// <param name="ct">Cancels.</param>
    public Task<WrittenReport> WriteFilesAsync(DriftReportRow report, string folder, ReportFormats formats, CancellationToken ct) =>
        _files.WriteAsync(Stem(report), report.HtmlSha256, report.JsonSha256, folder, formats, ct);

    /// <returns>Whether the stored report of a version, if there is one, was made of its present assessments.</returns>
    internal async Task<bool> IsCurrentAsync(int modelVersion, CancellationToken ct)
    {
        IReadOnlyList<DriftAssessmentRow> sources = await SourcesAsync(modelVersion, null, ct);
        DriftReportRow? report = await _reports.FindAsync(modelVersion, sources.First(s => s.ModelVersion == modelVersion).Period, ct);
        return report?.InputsSha256 == Hash(sources);
    }

    private async Task<DriftReport> BuildAsync(int modelVersion, IReadOnlyList<DriftAssessmentRow> sources, CancellationToken ct)
    {
        List<(AssessmentKey, DriftDocument)> documents = [];
        foreach (DriftAssessmentRow row in sources)
            documents.Add((new(row.ModelVersion, row.Period, row.Revision, row.DocumentSha256), await _assessments.ReadAsync(row, ct)));
        return DriftReportBuilder.Build(modelVersion, documents, ProgramVersion.Current);
    }

    /// <summary>The last assessment of each version as far as the period, of the submodel that the version was assessed by last.</summary>
    private async Task<IReadOnlyList<DriftAssessmentRow>> SourcesAsync(int modelVersion, string? period, CancellationToken ct)
    {
        IReadOnlyList<DriftAssessmentRow> all = await _assessments.ListAsync(int.MaxValue, ct);
        DriftAssessmentRow own = all.Where(r => r.ModelVersion == modelVersion && (period is null || r.Period == period))
            .OrderByDescending(r => r.AssessedMs).ThenByDescending(r => r.Period, StringComparer.Ordinal).ThenByDescending(r => r.Revision).FirstOrDefault()
            ?? throw new ReportException(Problem(all, modelVersion, period));
        return
        [
            .. all.Where(r => r.Submodel == own.Submodel && string.CompareOrdinal(r.Period, own.Period) <= 0)
                .GroupBy(r => r.ModelVersion)
                .Select(g => g.Key == modelVersion ? own : g.OrderByDescending(r => r.Period, StringComparer.Ordinal).ThenByDescending(r => r.Revision).First())
                .OrderBy(r => r.ModelVersion),
        ];
    }

    private static string Stem(DriftReportRow report) => $"drift-v{report.ModelVersion}-{report.Period}";

    private static string Problem(IReadOnlyList<DriftAssessmentRow> all, int modelVersion, string? period)
    {
        string[] periods = [.. all.Where(r => r.ModelVersion == modelVersion).Select(r => r.Period).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return periods.Length == 0
            ? $"Model version {modelVersion} was not assessed yet. 'hcc drift' assesses the versions on the patients that came after them."
            : $"Model version {modelVersion} was not assessed for {period}; there are assessments for {string.Join(", ", periods)}.";
    }

    private static string Hash(IEnumerable<DriftAssessmentRow> sources) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(sources.Select(s => $"{s.ModelVersion} {s.Period} {s.Revision} {s.DocumentSha256}\n")))));
}
