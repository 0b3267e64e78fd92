using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Drift;

/// <summary>Reads what assessments need besides the cohort.</summary>
public sealed class DriftDataReader(DbDataSource database)
{
    private const string SelectScanners = """
        SELECT s.pseudonym, s.study_date, s.study_uid, e.manufacturer, e.scanner_model
        FROM study s JOIN series e ON e.study_uid = s.study_uid
        WHERE e.modality = 'MR' AND (e.manufacturer IS NOT NULL OR e.scanner_model IS NOT NULL)
        """;

    // All that an assessment follows from, but the calendar: outcomes and their corrections, features, scores, versions, champions, withdrawals.
    private const string SelectMark = """
        SELECT (SELECT COUNT(*) FROM outcome_revision) || '/' || (SELECT COALESCE(MAX(recorded_ms), 0) FROM clinical_record) || '/'
            || (SELECT COUNT(*) FROM prediction) || '/' || (SELECT COALESCE(MAX(scored_ms), 0) FROM prediction) || '/'
            || (SELECT COALESCE(MAX(completed_ms), 0) FROM extraction_run) || '/' || (SELECT COUNT(*) FROM withdrawal) || '/'
            || (SELECT COUNT(*) FROM model_version) || '/' || (SELECT COALESCE(MAX(promotion_id), 0) FROM promotion)
        """;

    /// <returns>Manufacturer and model of the scanner of each patient's last MR study, where known; by pseudonym.</returns>
    public async Task<IReadOnlyDictionary<string, string>> ReadScannersAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        Dictionary<string, (string Rank, string Name)> last = new(StringComparer.Ordinal);
        foreach (ScannerRow row in await db.QueryAsync<ScannerRow>(new CommandDefinition(SelectScanners, cancellationToken: ct)))
        {
            string name = string.Join(' ', new[] { row.Manufacturer, row.ScannerModel }.Where(n => !string.IsNullOrWhiteSpace(n)).Select(n => n!.Trim()));
            string rank = $"{row.StudyDate}\n{row.StudyUid}\n{name}";
            if (name.Length > 0 && (!last.TryGetValue(row.Pseudonym, out var known) || string.CompareOrdinal(rank, known.Rank) > 0))
                last[row.Pseudonym] = (rank, name);
        }
        return last.ToDictionary(l => l.Key, l => l.Value.Name, StringComparer.Ordinal);
    }

    /// <returns>A text that is another when what assessments are made of may be another.</returns>
    public async Task<string> ReadMarkAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.ExecuteScalarAsync<string>(new CommandDefinition(SelectMark, cancellationToken: ct)) ?? "";
    }

    private sealed record ScannerRow
    {
        public required string Pseudonym { get; init; }
        public string? StudyDate { get; init; }
        public required string StudyUid { get; init; }
        public string? Manufacturer { get; init; }
        public string? ScannerModel { get; init; }
    }
}
