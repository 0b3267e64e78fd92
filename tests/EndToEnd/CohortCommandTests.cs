using System.Text.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>A patient from the cohort's list to withdrawal, on the command line, over a registry that the whole pipeline made.</summary>
public sealed class CohortCommandTests
{
    [Fact]
    public async Task Withdraw_PatientOfAVersion_TakesEveryFileAndLeavesTheVersionReproducible()
    {
        using TemporaryFolder folder = new();
        (int code, string output) = await HccProcess.RunAsync(null, SmallDemo.Arguments(folder["demo"]));
        Assert.True(code == 0, output);
        string data = Path.Combine(folder["demo"], "data");

        JsonElement cohort = await JsonAsync(0, "cohort", "--all", "--json", "--data", data);
        Assert.Equal(SmallDemo.Patients, cohort.GetProperty("overview").GetProperty("ready").GetInt32());
        JsonElement patient = cohort.GetProperty("patients")[3];
        string pseudonym = patient.GetProperty("pseudonym").GetString()!;
        Assert.Equal("mature", patient.GetProperty("label").GetString());
        string[] blobs = await BlobsOfAsync(data, pseudonym);
        Assert.NotEmpty(blobs);
        Assert.All(blobs, blob => Assert.True(File.Exists(Path.Combine(data, "blobs", blob[..2], blob))));

        JsonElement withdrawn = await JsonAsync(0, "patient", "withdraw", pseudonym, "--reason", "asked to", "--by", "A. Keeper", "--json", "--data", data);
        Assert.Equal([1], withdrawn.GetProperty("modelVersions").EnumerateArray().Select(v => v.GetInt32()));
        Assert.All(blobs, blob => Assert.False(File.Exists(Path.Combine(data, "blobs", blob[..2], blob))));
        Assert.Empty(await BlobsOfAsync(data, pseudonym));

        JsonElement after = await JsonAsync(0, "cohort", "--all", "--json", "--data", data);
        Assert.Equal(
            (SmallDemo.Patients - 1, 1),
            (after.GetProperty("overview").GetProperty("patients").GetInt32(), after.GetProperty("overview").GetProperty("withdrawn").GetInt32()));
        JsonElement replay = await JsonAsync(0, "train", "--replay", "1", "--without", pseudonym, "--json", "--data", data);
        Assert.True(replay.GetProperty("isReproduced").GetBoolean());
        Assert.Equal(SmallDemo.Patients - 1, replay.GetProperty("patients").GetProperty("without").GetInt32());
        (int verified, string audit) = await HccProcess.RunAsync(null, "audit", "list", "--json", "--data", data);
        Assert.True(verified == 0 && audit.Contains("withdraw-patient", StringComparison.Ordinal) && audit.Contains("A. Keeper", StringComparison.Ordinal), audit);
    }

    private static async Task<JsonElement> JsonAsync(int exitCode, params string[] arguments)
    {
        (int code, string output) = await HccProcess.RunAsync(null, arguments);
        Assert.True(code == exitCode, output);
        return JsonDocument.Parse(output).RootElement.Clone();
    }

    private static async Task<string[]> BlobsOfAsync(string data, string pseudonym)
    {
        await using SqliteConnection db = new($"Data Source={Path.Combine(data, "registry.db")};Mode=ReadOnly;Pooling=False");
        await db.OpenAsync();
        await using SqliteCommand command = db.CreateCommand();
        command.CommandText = """
            SELECT i.blob_sha256 FROM instance i JOIN series s ON s.series_uid = i.series_uid JOIN study t ON t.study_uid = s.study_uid WHERE t.pseudonym = $pseudonym
            """;
        command.Parameters.AddWithValue("$pseudonym", pseudonym);
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();
        List<string> blobs = [];
        while (await reader.ReadAsync())
            blobs.Add(reader.GetString(0));
        return [.. blobs];
    }
}
