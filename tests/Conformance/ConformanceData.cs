namespace HccPipeline.Conformance;

/// <summary>Public reference data, which stay beside the checkout: HCC_CONFORMANCE_DATA, or shared/data beside the repository.</summary>
internal static class ConformanceData
{
    /// <summary>Folder of the repository, found by its solution file.</summary>
    internal static string? Repository
    {
        get
        {
            DirectoryInfo? d = new(AppContext.BaseDirectory);
            while (d is not null && !File.Exists(Path.Combine(d.FullName, "HccPipeline.sln")))
                d = d.Parent;
            return d?.FullName;
        }
    }

    /// <summary>Path of a data file or folder; skips the test where the data are absent.</summary>
    internal static string Require(string relative)
    {
        string? root = Environment.GetEnvironmentVariable("HCC_CONFORMANCE_DATA");
        root ??= Repository is { } repository ? Path.Combine(repository, "..", "shared", "data") : null;
        string? path = root is null ? null : Path.Combine(root, relative);
        Assert.SkipUnless(path is not null && Path.Exists(path), $"Reference data '{relative}' are not in HCC_CONFORMANCE_DATA or ../shared/data.");
        return path!;
    }
}
