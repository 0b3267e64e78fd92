using System.Reflection;
using System.Runtime.InteropServices;
using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>Loads GDCM once, before its first use.</summary>
/// <remarks>The binding asks for "gdcmsharpglue", which lies beside the assembly that was compiled against, not on the loader's path.</remarks>
internal static class GdcmLibrary
{
    private const string Glue = "gdcmsharpglue";
    private static readonly Lazy<string> Version = new(Load);

    /// <summary>Loads GDCM where that has not happened; its version.</summary>
    /// <exception cref="DllNotFoundException">It is not installed.</exception>
    public static string EnsureLoaded() => Version.Value;

    private static string Load()
    {
        nint glue = LoadGlue();
        NativeLibrary.SetDllImportResolver(typeof(Reader).Assembly, (name, _, _) => name == Glue ? glue : nint.Zero);
        // Broken files are reported as exceptions; GDCM's own remarks would only litter the error stream.
        Trace.WarningOff();
        Trace.ErrorOff();
        Trace.DebugOff();
        FileMetaInformation.SetImplementationClassUID(DicomUids.ImplementationClass);
        FileMetaInformation.SetImplementationVersionName(DicomUids.ImplementationName);
        FileMetaInformation.SetSourceApplicationEntityTitle(DicomUids.ImplementationName);
        // The dictionary is built on first use, which is not safe from several threads: build it here, under the lock of the Lazy.
        GdcmDictionary.VrOf(DicomTags.PatientName);
        return gdcm.Version.GetVersion();
    }

    private static nint LoadGlue()
    {
        string compiledAgainst = typeof(GdcmLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == "GdcmSharpDirectory")?.Value ?? AppContext.BaseDirectory;
        foreach (string directory in new[] { AppContext.BaseDirectory, compiledAgainst })
        {
            if (NativeLibrary.TryLoad(Path.Combine(directory, $"lib{Glue}.so"), out nint handle))
                return handle;
        }
        return NativeLibrary.TryLoad(Glue, out nint found) ? found
            : throw new DllNotFoundException($"GDCM's native part lib{Glue}.so can't be loaded from {compiledAgainst}: install it with 'apt-get install libgdcm-cil'.");
    }
}
