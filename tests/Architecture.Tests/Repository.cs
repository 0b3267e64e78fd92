using System.Reflection;

namespace HccPipeline.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] BuildFolders = ["bin", "obj", "artifacts"];

    public static string Root { get; } = Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!);

    /// <summary>Rooms by their folders.</summary>
    public static IEnumerable<string> RoomFolders => Directory.EnumerateDirectories(Path.Combine(Root, "src"));

    /// <summary>Source files under a folder of the checkout, without what a build makes.</summary>
    public static IEnumerable<string> Sources(params string[] folder)
    {
        string root = Path.Combine([Root, .. folder]);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(root, f).Split(Path.DirectorySeparatorChar).Any(BuildFolders.Contains))
            .Order(StringComparer.Ordinal);
    }

    public static string Relative(string path) => Path.GetRelativePath(Root, path);
}
