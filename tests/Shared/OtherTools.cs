using System.ComponentModel;
using System.Diagnostics;

namespace HccPipeline.Testing;

/// <summary>Other people's DICOM tools as outside truth.</summary>
internal static class OtherTools
{
    /// <summary>Runs a tool; where it is not installed, the test is skipped by name.</summary>
    public static (int ExitCode, string Output) Run(string tool, params string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            Xunit.Assert.Skip($"{tool} is not installed (apt-get install dcmtk dicom3tools python3-pydicom).");
            throw;
        }
    }
}
