namespace HccPipeline.Benchmarks;

/// <summary>Where the sources lie.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution, above this program.</summary>
    public static string Root
    {
        get
        {
            for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            {
                if (File.Exists(Path.Combine(d.FullName, "HccPipeline.sln"))) return d.FullName;
            }
            throw new InvalidOperationException("This program does not run from a checkout.");
        }
    }
}
