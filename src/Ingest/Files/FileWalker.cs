namespace HccPipeline.Ingest.Files;

/// <summary>A file to ingest.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">Path below what was given, with slashes: what a person is told.</param>
/// <param name="Length">Length, bytes.</param>
public sealed record FoundFile(string Path, string Name, long Length);

/// <summary>Finds files below folders of any shape.</summary>
public static class FileWalker
{
    // Left behind by operating systems and media; no image is ever named so.
    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase) { "DICOMDIR", "Thumbs.db", "desktop.ini" };

    /// <summary>All files, each once, sorted by name: the order in which a file system lists them plays no part.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <exception cref="FileNotFoundException">A path is neither file nor folder.</exception>
    public static IReadOnlyList<FoundFile> Find(IReadOnlyList<string> paths)
    {
        Dictionary<string, FoundFile> found = new(StringComparer.Ordinal);
        HashSet<string> visited = new(StringComparer.Ordinal);
        foreach (string path in paths.Select(Path.GetFullPath).Order(StringComparer.Ordinal))
        {
            if (File.Exists(path))
                found.TryAdd(path, new(path, Path.GetFileName(path), new FileInfo(path).Length));
            else if (Directory.Exists(path))
                Walk(new DirectoryInfo(path), Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), visited, found);
            else
                throw new FileNotFoundException($"'{path}' is neither a file nor a folder; check the path.", path);
        }
        return [.. found.Values.OrderBy(f => f.Name, StringComparer.Ordinal).ThenBy(f => f.Path, StringComparer.Ordinal)];
    }

    private static void Walk(DirectoryInfo folder, string name, HashSet<string> visited, Dictionary<string, FoundFile> found)
    {
        // A link back to a folder above would lead in circles.
        if (!visited.Add((folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder).FullName))
            return;
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
        {
            if (entry.Name.StartsWith('.') || Ignored.Contains(entry.Name))
                continue;
            string below = $"{name}/{entry.Name}";
            if (entry is DirectoryInfo inner)
                Walk(inner, below, visited, found);
            else if (entry is FileInfo file)
                found.TryAdd(file.FullName, new(file.FullName, below, Length(file)));
        }
    }

    private static long Length(FileInfo file) => file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : file.Exists ? file.Length : 0;
}
