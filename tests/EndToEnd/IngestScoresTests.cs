using Microsoft.Data.Sqlite;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>Patients who come by <c>hcc ingest</c> alone, without a server, are scored when they come.</summary>
public sealed class IngestScoresTests
{
    private const int Later = 8;

    [Fact]
    public async Task Ingest_PatientsAfterTheFirstModel_FreezesWhatTheChampionSaysOfThem()
    {
        using TemporaryFolder folder = new();
        string data = folder["demo/data"], later = folder["later"];
        await RunAsync(SmallDemo.Arguments(folder["demo"]));
        long before = await CountAsync(data, "1 = 1");
        await RunAsync("synth", "--out", later, "--patients", $"{Later}", "--centers", "1", "--matrix", "64x64x16", "--seed", "17");

        Assert.Contains("the champion was asked about 8 patients", await RunAsync("ingest", Path.Combine(later, "clinical.csv"), later, "--data", data), StringComparison.Ordinal);

        Assert.Equal(before + (3 * Later), await CountAsync(data, "model_version = 1"));
        // The table brings the outcomes with it: these scores foretold nothing, and say so.
        Assert.Equal(before + (3 * Later), await CountAsync(data, "outcome_known = 1"));
        Assert.NotEqual(0, await CountAsync(data, "probability IS NOT NULL"));
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        (int code, string output) = await HccProcess.RunAsync(null, arguments);
        Assert.True(code == 0, output);
        return output;
    }

    private static async Task<long> CountAsync(string data, string where)
    {
        await using SqliteConnection db = new($"Data Source={Path.Combine(data, "registry.db")};Mode=ReadOnly;Pooling=False");
        await db.OpenAsync();
        await using SqliteCommand command = db.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM prediction WHERE {where}";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
