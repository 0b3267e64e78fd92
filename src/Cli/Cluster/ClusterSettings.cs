using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Cluster;

/// <summary>The settings that lead a process to a cluster on one machine.</summary>
internal static class ClusterSettings
{
    private const string OwnPrefix = "HCC__";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Section and key to value.</summary>
    public static IReadOnlyList<(string Section, string Key, string Value)> For(ClusterFolder folder, ClusterPorts ports, PostgreSqlServer database) =>
    [
        ("Bus", "Transport", "RabbitMq"),
        ("Bus", "Host", "127.0.0.1"),
        ("Bus", "Port", $"{ports.RabbitMq}"),
        ("Bus", "Username", RabbitMqServer.User),
        ("Bus", "PasswordFile", folder.BusPasswordFile),
        ("Database", "Provider", "PostgreSql"),
        ("Database", "ConnectionString", database.ConnectionString),
        ("Database", "PasswordFile", folder.DatabasePasswordFile),
        .. BlobSettings(folder),
    ];

    /// <summary>Variables of a worker: those of the cluster in place of what a shell may have for another one.</summary>
    public static IReadOnlyDictionary<string, string?> Variables(IReadOnlyList<(string Section, string Key, string Value)> settings)
    {
        Dictionary<string, string?> variables = new(StringComparer.Ordinal);
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (name.StartsWith($"{OwnPrefix}Bus__", StringComparison.OrdinalIgnoreCase) || name.StartsWith($"{OwnPrefix}Database__", StringComparison.OrdinalIgnoreCase))
                variables[name] = null;
        }
        foreach ((string section, string key, string value) in settings)
            variables[$"{OwnPrefix}{section}__{key}"] = value;
        return variables;
    }

    /// <summary>Writes them into <c>hcc.json</c>, whose other sections stay, and into a file that a shell reads with a dot.</summary>
    public static void Write(ClusterFolder folder, IReadOnlyList<(string Section, string Key, string Value)> settings)
    {
        folder.Data.ReadOrCreateKey();
        JsonObject document = ReadDocument(folder.Data.ConfigurationFile);
        foreach (IGrouping<string, (string Section, string Key, string Value)> section in settings.GroupBy(s => s.Section))
        {
            document.Remove(section.Key);
            document[section.Key] = new JsonObject(section.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)JsonValue.Create(s.Value))));
        }
        Secrets.Write(folder.Data.ConfigurationFile, document.ToJsonString(Indented) + "\n");
        IEnumerable<string> lines =
        [
            $"# The cluster in {folder.Data.Root}, for other shells: . {Quote(folder.EnvironmentFile)}",
            .. settings.Select(s => $"export {OwnPrefix}{s.Section}__{s.Key}={Quote(s.Value)}"),
            $"export {OwnPrefix}Ingest__PseudonymKey=\"$(cat {Quote(folder.Data.PseudonymKeyFile)})\"",
        ];
        Secrets.Write(folder.EnvironmentFile, string.Join('\n', [.. lines, ""]));
    }

    /// <summary>Refuses a folder whose registry lives elsewhere: the cluster would hide it.</summary>
    /// <exception cref="CliException">There is such a registry.</exception>
    public static void RequireOwnFolder(ClusterFolder folder)
    {
        if (File.Exists(Path.Combine(folder.Data.Root, "registry.db")))
            throw new CliException($"{folder.Data.Root} holds a registry of its own (registry.db), which a cluster would hide behind its database. Choose another --data folder.");
        if (!Directory.Exists(folder.Root) && ReadDocument(folder.Data.ConfigurationFile) is { } document && (document.ContainsKey("Bus") || document.ContainsKey("Database")))
            throw new CliException($"{folder.Data.ConfigurationFile} leads to another bus or database. Choose another --data folder, or take its sections Bus and Database out.");
    }

    /// <summary>The blob store that the environment names, else the data folder's own.</summary>
    private static (string Section, string Key, string Value)[] BlobSettings(ClusterFolder folder)
    {
        const string prefix = $"{OwnPrefix}Blobs__";
        (string, string, string)[] given =
        [
            .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Where(v => ((string)v.Key).StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .Select(v => ("Blobs", ((string)v.Key)[prefix.Length..], (string?)v.Value ?? ""))
                .OrderBy(v => v.Item2, StringComparer.Ordinal),
        ];
        return given.Length > 0 ? given : [("Blobs", "Root", Path.Combine(folder.Data.Root, "blobs"))];
    }

    private static JsonObject ReadDocument(string path) => !File.Exists(path) ? [] : JsonNode.Parse(File.ReadAllText(path)) as JsonObject
        ?? throw new CliException($"{path} is not a JSON object.");

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
