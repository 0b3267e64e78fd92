using System.Reflection;
using System.Runtime.InteropServices;
using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>Loads GDCM once, before its first use.</summary>
/// <remarks>The binding asks for "gdcmsharpglue", which lies beside the assembly that was compiled against, not on the loader's path.</remarks>
internal static class GdcmLibrary
{
    private const string Glue = "gdcmsharpglue";
    private const string PackageDirectory = "/usr/lib/cli/gdcm-sharp-3.0";
    private static readonly Lazy<string> Version = new(Load);

    /// <summary>Loads GDCM where that has not happened; its version.</summary>
    public static string EnsureLoaded() => Version.Value;

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(Reader).Assembly, Resolve);
        // Broken files are reported as exceptions; GDCM's own remarks would only litter the error stream.
        Trace.WarningOff();
        Trace.ErrorOff();
        Trace.DebugOff();
        // The dictionary is built on first use, which is not safe from several threads: build it here, under the lock of the Lazy.
        GdcmDictionary.VrOf(DicomTags.PatientName);
        return gdcm.Version.GetVersion();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (!string.Equals(name, Glue, StringComparison.Ordinal))
            return nint.Zero;
        foreach (string directory in new[] { AppContext.BaseDirectory, PackageDirectory })
        {
            if (NativeLibrary.TryLoad(Path.Combine(directory, $"lib{Glue}.so"), out nint handle))
                return handle;
        }
        return NativeLibrary.TryLoad(Glue, assembly, searchPath, out nint found)
            ? found
            : throw new DllNotFoundException($"GDCM's native part lib{Glue}.so can't be loaded from {PackageDirectory}: install it with 'apt-get install libgdcm-cil'.");
    }
}
