using System.Security.Cryptography;

namespace HccPipeline.Cli.Hosting;

/// <summary>The folder of an embedded registry: database, blobs, reports, and the key behind the pseudonyms.</summary>
internal sealed class DataDirectory
{
    private const int KeyBytes = 32;

    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public string ReportFolder => Path.Combine(Root, "reports");

    public string ConfigurationFile => Path.Combine(Root, "hcc.json");

    /// <summary>The secret behind the pseudonyms.</summary>
    public string PseudonymKeyFile => Path.Combine(Root, "pseudonym.key");

    /// <summary>Configuration of an embedded registry in this folder, under everything that a user configures.</summary>
    /// <param name="withPseudonymKey">For who takes patients in; nobody else needs the key.</param>
    public Dictionary<string, string?> Defaults(bool withPseudonymKey) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Database:Provider"] = "Sqlite",
        ["Database:ConnectionString"] = $"Data Source={Path.Combine(Root, "registry.db")}",
        ["Blobs:Root"] = Path.Combine(Root, "blobs"),
        ["Reporting:Folder"] = ReportFolder,
        ["Ingest:PseudonymKey"] = withPseudonymKey ? ReadOrCreateKey() : null,
    };

    /// <summary>The registry's own key, made once: without it nobody can tell which patient a pseudonym stands for, and with a new one
    /// the same patient would become another.</summary>
    public string ReadOrCreateKey()
    {
        string path = PseudonymKeyFile;
        if (!File.Exists(path))
        {
            string partial = $"{path}.{Guid.NewGuid():N}";
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (StreamWriter writer = new(partial, options))
                writer.Write(RandomNumberGenerator.GetHexString(2 * KeyBytes, lowercase: true));
            try
            {
                File.Move(partial, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))   // another process was first: its key is the key
            {
                File.Delete(partial);
            }
        }
        return File.ReadAllText(path).Trim();
    }
}
