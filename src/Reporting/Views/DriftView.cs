using System.Collections.Concurrent;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;

namespace HccPipeline.Reporting.Views;

/// <summary>How versions do over time.</summary>
internal sealed class DriftView(DriftAssessmentRepository assessments, AlertRepository alerts, ModelRepository models)
{
    private const int MostAssessments = 500;
    private const int MostAlerts = 200;
    private const int MostKept = 50;
    private readonly ConcurrentDictionary<string, DriftDocument> _documents = new(StringComparer.Ordinal);

    /// <summary>Versions that were assessed, the latest first.</summary>
    public async Task<IReadOnlyList<int>> ListVersionsAsync(CancellationToken ct) =>
        [.. (await assessments.ListAsync(MostAssessments, ct)).Select(a => a.ModelVersion).Distinct().OrderDescending()];

    /// <summary>The last assessment of a version, or of the champion, or of the latest version that was assessed.</summary>
    /// <param name="modelVersion">Version; null for the champion.</param>
    /// <param name="centerCode">The only centre that may be seen, beside all together; null for all.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when nothing was assessed.</returns>
    public async Task<DriftDocument?> FindAsync(int? modelVersion, string? centerCode, CancellationToken ct)
    {
        IReadOnlyList<DriftAssessmentRow> all = await assessments.ListAsync(MostAssessments, ct);
        int? wanted = modelVersion ?? await models.FindChampionAsync(ct);
        DriftAssessmentRow? row = all.FirstOrDefault(a => a.ModelVersion == wanted) ?? (modelVersion is null && all.Count > 0 ? all[0] : null);
        if (row is null)
            return null;
        if (!_documents.TryGetValue(row.DocumentSha256, out DriftDocument? document))
        {
            if (_documents.Count >= MostKept)
                _documents.Clear();
            _documents[row.DocumentSha256] = document = await assessments.ReadAsync(row, ct);
        }
        return centerCode is null ? document : Only(document, centerCode);
    }

    /// <summary>Every version on every later window, all centres together, windows in order.</summary>
    public Task<IReadOnlyList<VersionWindowRow>> ListVersionWindowsAsync(string submodel, CancellationToken ct) => assessments.ListVersionWindowsAsync(submodel, "", ct);

    /// <summary>Alerts that may be seen, the latest first.</summary>
    public async Task<IReadOnlyList<AlertRow>> ListAlertsAsync(bool withClosed, string? centerCode, CancellationToken ct) =>
        [.. (await alerts.ListAsync(withClosed, MostAlerts, ct)).Where(a => centerCode is null || a.CenterCode.Length == 0 || a.CenterCode == centerCode)];

    private static DriftDocument Only(DriftDocument document, string centerCode) => document with
    {
        Windows = [.. document.Windows.Where(w => w.Center is null || w.Center == centerCode)],
        Charts = [.. document.Charts.Where(c => c.Center is null || c.Center == centerCode)],
        Looks = [.. document.Looks.Where(l => l.Center is null || l.Center == centerCode)],
        Features = [.. document.Features.Where(f => f.Center is null || f.Center == centerCode)],
        Scanners = [.. document.Scanners.Where(s => s.Center == centerCode)],
        Findings = [.. document.Findings.Where(f => f.Center is null || f.Center == centerCode)],
    };
}
