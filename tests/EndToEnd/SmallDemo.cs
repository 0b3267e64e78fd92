using Microsoft.Data.Sqlite;

namespace HccPipeline.EndToEnd;

/// <summary>The demo on a registry that is small enough to run many times: 30 patients, small matrices, two centres.</summary>
internal static class SmallDemo
{
    public const int Patients = 30;
    public const int Seed = 3;

    public static string[] Arguments(string folder) =>
        ["demo", "--out", folder, "--patients", $"{Patients}", "--centers", "2", "--matrix", "64x64x16", "--seed", $"{Seed}"];

    /// <summary>Blob keys of the stored model versions, which are the hashes of their bytes.</summary>
    public static Task<IReadOnlyList<string>> ModelHashesAsync(string folder) => ColumnAsync(folder, "SELECT model_sha256 FROM model_version ORDER BY model_version");

    /// <summary>The same of the pages of their reports.</summary>
    public static Task<IReadOnlyList<string>> ReportHashesAsync(string folder) => ColumnAsync(folder, "SELECT html_sha256 FROM report ORDER BY model_version");

    private static async Task<IReadOnlyList<string>> ColumnAsync(string folder, string sql)
    {
        await using SqliteConnection db = new($"Data Source={Path.Combine(folder, "data", "registry.db")};Mode=ReadOnly;Pooling=False");
        await db.OpenAsync();
        await using SqliteCommand command = db.CreateCommand();
        command.CommandText = sql;
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();
        List<string> hashes = [];
        while (await reader.ReadAsync())
            hashes.Add(reader.GetString(0));
        return hashes;
    }
}
