using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>Public image data that lie beside the checkout.</summary>
internal static class ConformanceData
{
    /// <summary>A folder of the data; where it is absent, the test that asks is skipped by name.</summary>
    public static string Folder(string name)
    {
        string? root = Environment.GetEnvironmentVariable("HCC_CONFORMANCE_DATA") ?? BesideCheckout();
        string folder = Path.Combine(root ?? "", name);
        Assert.SkipUnless(root is not null && Directory.Exists(folder), $"The conformance data '{name}' are not here: put them in ../shared/data or set HCC_CONFORMANCE_DATA.");
        return folder;
    }


    private static string? BesideCheckout()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "HccPipeline.sln")))
            directory = directory.Parent;
        return directory?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
    }
}
