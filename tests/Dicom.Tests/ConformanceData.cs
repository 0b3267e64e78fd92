namespace HccPipeline.Dicom.Tests;

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

    /// <summary>All files of a folder of the data, read whole.</summary>
    public static List<DicomInstance> Read(params string[] path) =>
        [.. Directory.EnumerateFiles(Path.Combine([Folder(path[0]), .. path[1..]]), "*.dcm").Order(StringComparer.Ordinal).Select(DicomFile.Read)];

    private static string? BesideCheckout()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "HccPipeline.sln")))
            directory = directory.Parent;
        return directory?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
    }
}
