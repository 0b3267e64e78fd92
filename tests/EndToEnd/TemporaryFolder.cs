namespace HccPipeline.EndToEnd;

/// <summary>A folder of one test, removed at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hcc-e2e-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Lets other users pass through: a database server that root starts runs as one.</summary>
    public static TemporaryFolder ForServers()
    {
        TemporaryFolder folder = new();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
