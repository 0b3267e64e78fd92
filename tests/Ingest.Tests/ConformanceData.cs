using Xunit;

namespace HccPipeline.Ingest.Tests;

/// <summary>Public data beside the checkout; tests that need them are skipped where the folder is absent.</summary>
internal static class ConformanceData
{
    /// <summary>A folder or file of the data.</summary>
    public static string Require(params ReadOnlySpan<string> parts)
    {
        string? root = Environment.GetEnvironmentVariable("HCC_CONFORMANCE_DATA") is { Length: > 0 } given ? given : BesideCheckout();
        string path = root is null ? "" : Path.Combine([root, .. parts]);
        if (!Path.Exists(path))
            Assert.Skip($"The public data '{string.Join('/', parts.ToArray())}' are not there; set HCC_CONFORMANCE_DATA to their folder.");
        return path;
    }

    private static string? BesideCheckout()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
