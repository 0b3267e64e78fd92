using System.Data.Common;
using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Cohort;

/// <summary>Reads values into a table row by row of the result, millions of them: with nothing between the driver and the table.</summary>
internal static class FeatureValueReader
{
    private const string SelectImaging = """
        SELECT v.run_id, v.name, v.value
        FROM feature_value v JOIN extraction_run r ON r.run_id = v.run_id
        WHERE r.profile_sha256 = @ProfileSha256 AND r.superseded = 0
        """;

    /// <summary>Values of the runs that stand for a visit.</summary>
    public static async Task ReadImagingAsync(
        DbConnection db, string profileSha256, IReadOnlyDictionary<string, (int Row, Visit Visit)> runs, FeatureTable table, CancellationToken ct)
    {
        await using DbCommand command = db.CreateCommand();
        command.CommandText = SelectImaging;
        Add(command, "@ProfileSha256", profileSha256);
        await using DbDataReader reader = await command.ExecuteReaderAsync(ct);
        // The values of a run follow one another as a rule: who has been looked up need not be looked up again.
        string? last = null;
        (int Row, Visit Visit)? at = null;
        while (await reader.ReadAsync(ct))
        {
            string runId = reader.GetString(0);
            if (runId != last)
            {
                last = runId;
                at = runs.TryGetValue(runId, out (int Row, Visit Visit) found) ? found : null;
            }
            if (at is { } place)
                table.SetImaging(place.Row, place.Visit, reader.GetString(1), reader.GetDouble(2));
        }
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

    private static void Add(DbCommand command, string name, string value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
