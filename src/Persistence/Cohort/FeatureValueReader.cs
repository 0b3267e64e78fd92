using System.Data.Common;
using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Cohort;

/// <summary>Reads values into a table row by row of the result, millions of them: with nothing between the driver and the table, and by several
/// readers at once.</summary>
internal static class FeatureValueReader
{
    private const int MostReaders = 4;
    private const string Digits = "0123456789abcdef";

    // A reader has the runs whose keys, which are hashes, begin with its digits. No bound is an empty one.
    private const string SelectImaging = """
        SELECT v.run_id, v.name, v.value
        FROM feature_value v JOIN extraction_run r ON r.run_id = v.run_id
        WHERE r.profile_sha256 = @ProfileSha256 AND r.superseded = 0 AND r.run_id >= @From AND (@To = '' OR r.run_id < @To)
        """;

    /// <summary>Values of the runs that stand for a visit.</summary>
    public static Task ReadImagingAsync(
        DbDataSource database, string profileSha256, IReadOnlyDictionary<string, (int Row, Visit Visit)> runs, FeatureTable table, CancellationToken ct)
    {
        int readers = Math.Clamp(Environment.ProcessorCount, 1, MostReaders);
        return Task.WhenAll(Enumerable.Range(0, readers).Select(i =>
            Task.Run(() => ReadImagingAsync(database, profileSha256, Bound(i), Bound(i + 1), runs, table, ct), ct)));

        string Bound(int reader) => reader == 0 || reader == readers ? "" : Digits[reader * Digits.Length / readers].ToString();
    }

    /// <summary>Clinical values.</summary>
    public static async Task ReadClinicalAsync(DbConnection db, IReadOnlyDictionary<string, int> rows, FeatureTable table, CancellationToken ct)
    {
        await using DbCommand command = db.CreateCommand();
        command.CommandText = "SELECT pseudonym, name, value FROM clinical_value";
        await using DbDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (rows.TryGetValue(reader.GetString(0), out int row))
                table.SetClinical(row, reader.GetString(1), reader.GetDouble(2));
        }
    }

    private static async Task ReadImagingAsync(
        DbDataSource database, string profileSha256, string from, string to, IReadOnlyDictionary<string, (int Row, Visit Visit)> runs, FeatureTable table,
        CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbCommand command = db.CreateCommand();
        command.CommandText = SelectImaging;
        Add(command, "@ProfileSha256", profileSha256);
        Add(command, "@From", from);
        Add(command, "@To", to);
        await using DbDataReader reader = await command.ExecuteReaderAsync(ct);
        // The values of a run follow one another as a rule: who has been looked up need not be looked up again.
        string? last = null;
        (int Row, Visit Visit)? at = null;
        Dictionary<(Visit, string), double[]> columns = [];   // its own, so that nobody waits for the table's
        while (await reader.ReadAsync(ct))
        {
            string runId = reader.GetString(0);
            if (runId != last)
            {
                last = runId;
                at = runs.TryGetValue(runId, out (int Row, Visit Visit) found) ? found : null;
            }
            if (at is not { } place)
                continue;
            string name = reader.GetString(1);
            if (!columns.TryGetValue((place.Visit, name), out double[]? column))
                columns.Add((place.Visit, name), column = table.Imaging(place.Visit, name));
            column[place.Row] = reader.GetDouble(2);
        }
    }

    private static void Add(DbCommand command, string name, string value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
