using HccPipeline.Testing;

namespace HccPipeline.Dicom.Tests;

/// <summary>Public image data as datasets.</summary>
internal static class PublicData
{
    /// <summary>All files of a folder of the data, read whole.</summary>
    public static List<DicomInstance> Read(params ReadOnlySpan<string> path) =>
        [.. Directory.EnumerateFiles(ConformanceData.Require(path), "*.dcm").Order(StringComparer.Ordinal).Select(DicomFile.Read)];
}
