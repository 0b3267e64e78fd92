using System.Globalization;
using CsvHelper;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.Cli.Output;

/// <summary>Feature tables as CSV: invariant numbers that read back to the same double, missing values empty.</summary>
internal static class FeatureCsv
{
    public static Task WriteAsync(string path, CohortSnapshot table) => WriteAsync(
        path,
        ["pseudonym", "center_code", "entry_quarter", "response", "pfs_months", "pfs_event", .. table.FeatureNames],
        table.Patients.Select((p, row) => (IEnumerable<string?>)
        [
            p.Pseudonym, p.CenterCode, p.EntryQuarter, p.Response, Number(p.PfsMonths), p.PfsEvent switch { true => "1", false => "0", null => null },
            .. table.FeatureNames.Select(name => Number(table.Column(name)[row])),
        ]));

    public static Task WriteAsync(string path, IReadOnlyList<StudyFeatures> studies)
    {
        string[] names = [.. studies.SelectMany(s => s.Values.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return WriteAsync(
            path,
            ["study_uid", "pseudonym", "center_code", "study_date", "visit", .. names],
            studies.Select(s => (IEnumerable<string?>)
            [
                s.StudyUid, s.Pseudonym, s.CenterCode, s.StudyDate, s.Visit,
                .. names.Select(name => s.Values.TryGetValue(name, out double value) ? Number(value) : null),
            ]));
    }

    private static async Task WriteAsync(string path, IEnumerable<string> header, IEnumerable<IEnumerable<string?>> rows)
    {
        await using StreamWriter text = new(path);
        await using CsvWriter csv = CsvWriter.Create(text);
        foreach (IEnumerable<string?> row in rows.Prepend(header))
            await csv.WriteRecordAsync([.. row.Select(field => field ?? "")]);
    }

    private static string? Number(double? value) => value is { } v && !double.IsNaN(v) ? v.ToString("R", CultureInfo.InvariantCulture) : null;
}
