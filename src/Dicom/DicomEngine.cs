namespace HccPipeline.Dicom;

/// <summary>Which DICOM library this build uses.</summary>
public static class DicomEngine
{
    // Each engine's folder brings its own EngineFactory; the build compiles one of them.
    private static readonly Lazy<IDicomEngine> Lazily = new(EngineFactory.Create);

    /// <summary>Name of the library, as "GDCM".</summary>
    public static string Name => Current.Name;

    /// <summary>Version of the library.</summary>
    public static string Version => Current.Version;

    /// <summary>
    /// UIDs of the compressed transfer syntaxes whose pixels it decodes, in order. Native ones (<see cref="DicomUids.IsNative"/>) and the
    /// headers of all are read by every engine.
    /// </summary>
    public static IReadOnlyList<string> CompressedTransferSyntaxes => Current.CompressedTransferSyntaxes;

    internal static IDicomEngine Current => Lazily.Value;
}
