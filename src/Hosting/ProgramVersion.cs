using System.Reflection;

namespace HccPipeline.Hosting;

/// <summary>Version of this program, with the commit it was built from where that was known.</summary>
public static class ProgramVersion
{
    /// <summary>As <c>0.1.0+1a2b3c…</c>.</summary>
    public static string Current { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
