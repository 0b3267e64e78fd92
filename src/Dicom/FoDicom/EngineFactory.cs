using HccPipeline.Dicom.FoDicom;

namespace HccPipeline.Dicom;

/// <summary>Names the engine of this build.</summary>
internal static class EngineFactory
{
    /// <summary>The engine.</summary>
    public static IDicomEngine Create() => new FoDicomEngine();
}
