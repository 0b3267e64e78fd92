namespace HccPipeline.Testing;

/// <summary>Programs for Node.js that <c>./test</c> installs from <c>infra/local/node</c>.</summary>
internal static class NodeTools
{
    /// <summary>Folder of the installed packages.</summary>
    /// <exception cref="InvalidOperationException">They are not installed.</exception>
    public static string Modules
    {
        get
        {
            string modules = Path.Combine(ConformanceData.Repository ?? ".", "artifacts", "tools", "node", "node_modules");
            return Directory.Exists(modules) ? modules : throw new InvalidOperationException($"The tools of infra/local/node are not in {modules}; ./test installs them.");
        }
    }

    /// <summary>Path of an installed file.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Modules, .. parts]);
}
