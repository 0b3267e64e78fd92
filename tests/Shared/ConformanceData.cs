namespace HccPipeline.Testing;

/// <summary>Public data beside the checkout: <c>HCC_CONFORMANCE_DATA</c>, or <c>shared/data</c> next to the repository.</summary>
internal static class ConformanceData
{
    /// <summary>Folder of the repository, found by its solution file; null where the tests run outside of one.</summary>
    public static string? Repository
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HccPipeline.sln")))
                folder = folder.Parent;
            return folder?.FullName;
        }
    }

    /// <summary>Path of a data file or folder; where it is absent, the test that asks is skipped by name.</summary>
    public static string Require(params ReadOnlySpan<string> parts)
    {
        string? root = Environment.GetEnvironmentVariable("HCC_CONFORMANCE_DATA") is { Length: > 0 } given ? given
            : Repository is { } repository ? Path.Combine(repository, "..", "shared", "data")
            : null;
        string path = root is null ? "" : Path.Combine([root, .. parts]);
        Xunit.Assert.SkipUnless(Path.Exists(path), $"The public data '{string.Join('/', parts.ToArray())}' are not in HCC_CONFORMANCE_DATA or ../shared/data.");
        return path;
    }
}
