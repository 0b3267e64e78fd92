using System.Text.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>A brick in quarantine as a user meets it.</summary>
public sealed class QuarantineTests
{
    [Fact]
    public async Task Retry_BlobThatWasLostIsBack_EndsTheHeldRunWithTheSameValues()
    {
        using TemporaryFolder folder = new();
        string data = folder["data"], dicom = folder["dicom"];
        (int code, string output) = await HccProcess.RunAsync(null, "synth", "--out", dicom, "--patients", "8", "--centers", "2", "--matrix", "64x64x16", "--seed", "3");
        Assert.True(code == 0, output);
        (code, output) = await HccProcess.RunAsync(null, "ingest", dicom, "--data", data);
        Assert.True(code == 0, output);
        string run = (await ColumnAsync(data, "SELECT MIN(run_id) FROM brick"))[0];
        string values = $"SELECT name || ' ' || value FROM feature_value WHERE run_id = '{run}' ORDER BY name";
        IReadOnlyList<string> before = await ColumnAsync(data, values);
        Assert.NotEmpty(before);

        // As if the brick had not been done yet, and its segmentation had got lost meanwhile.
        string blob = SegmentationOf(data, (await ColumnAsync(data, $"SELECT work FROM brick WHERE run_id = '{run}' AND brick_index = 0"))[0]);
        await ColumnAsync(data, $"DELETE FROM feature_value WHERE run_id = '{run}' AND brick_index = 0");
        await ColumnAsync(data, $"UPDATE extraction_run SET completed_ms = NULL WHERE run_id = '{run}'");
        await ColumnAsync(data, $"UPDATE brick SET state = 'waiting' WHERE run_id = '{run}' AND brick_index = 0");
        File.Move(blob, blob + ".away");

        (code, output) = await HccProcess.RunAsync(null, "ingest", dicom, "--data", data);
        Assert.True(code == 1, output);   // something needs a person
        Assert.Contains("1 held by bricks in quarantine", output, StringComparison.Ordinal);
        (code, output) = await HccProcess.RunAsync(null, "status", "--data", data);
        Assert.True(code == 0 && output.Contains(run[..12], StringComparison.Ordinal), output);
        (code, output) = await HccProcess.RunAsync(null, "retry", "--data", data);
        Assert.True(code == 1 && output.Contains(run[..12], StringComparison.Ordinal), output);

        File.Move(blob + ".away", blob);
        (code, output) = await HccProcess.RunAsync(null, "retry", run[..12], "0", "--data", data);
        Assert.True(code == 0, output);
        Assert.Contains($"put back  {run[..12]} 0 (region)", output, StringComparison.Ordinal);
        Assert.Equal(before, await ColumnAsync(data, values));
        (code, output) = await HccProcess.RunAsync(null, "retry", run[..12], "--data", data);
        Assert.True(code == 3, output);
    }

    private static string SegmentationOf(string data, string work)
    {
        using JsonDocument json = JsonDocument.Parse(work);
        string key = json.RootElement.GetProperty("segmentationSha256").GetString()!;
        return Path.Combine(data, "blobs", key[..2], key);
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(string data, string sql)
    {
        await using SqliteConnection db = new($"Data Source={Path.Combine(data, "registry.db")};Pooling=False");
        await db.OpenAsync();
        await using SqliteCommand command = db.CreateCommand();
        command.CommandText = sql;
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
            values.Add(reader.GetString(0));
        return values;
    }
}
