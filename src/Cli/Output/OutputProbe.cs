using System.CommandLine;

namespace HccPipeline.Cli.Output;

/// <summary>Makes sure before long work that its results can be written where they are wanted.</summary>
internal static class OutputProbe
{
    /// <summary>A folder to write into; made where it is not there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="option">Option that names it.</param>
    /// <exception cref="CliException">It is none, or nothing can be written there.</exception>
    public static void RequireFolder(string path, Option option) => Try(path, option, () =>
    {
        Directory.CreateDirectory(path);
        Touch(path);
    });

    /// <summary>A file to write; null is none.</summary>
    /// <param name="path">The file; one that is there stays as it is.</param>
    /// <param name="option">Option that names it.</param>
    /// <exception cref="CliException">Its folder is not there, or it can't be written.</exception>
    public static void RequireFile(string? path, Option option)
    {
        if (path is null)
            return;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
            throw new CliException($"{option.Name} {path}: there is no folder {folder}.", ExitCodes.Usage);
        if (Directory.Exists(path))
            throw new CliException($"{option.Name} {path} is a folder.", ExitCodes.Usage);
        Try(path, option, () =>
        {
            if (File.Exists(path))
                File.Open(path, FileMode.Open, FileAccess.Write).Dispose();
            else
                Touch(folder);
        });
    }

    private static void Touch(string folder) =>
        File.Create(Path.Combine(folder, $".hcc-{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose).Dispose();

    private static void Try(string path, Option option, Action probe)
    {
        try
        {
            probe();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CliException($"{option.Name} {path} can't be written: {e.Message}", ExitCodes.Usage);
        }
    }
}
