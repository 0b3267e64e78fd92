using System.Security.Cryptography;

namespace HccPipeline.Cli.Cluster;

/// <summary>Files that only their owner may read.</summary>
internal static class Secrets
{
    private const int Bytes = 24;

    /// <summary>The secret in a file, made at random when it is not there.</summary>
    public static string ReadOrCreate(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            Write(path, RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true));
        return File.ReadAllText(path).Trim();
    }

    /// <summary>Writes a file anew.</summary>
    public static void Write(string path, string text)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using StreamWriter writer = new(path, options);
        writer.Write(text);
    }
}
