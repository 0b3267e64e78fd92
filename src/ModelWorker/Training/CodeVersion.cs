using System.Reflection;

namespace HccPipeline.ModelWorker.Training;

/// <summary>Version of this program, with the commit it was built from where that was known.</summary>
public static class CodeVersion
{
    /// <summary>As <c>0.1.0+1a2b3c…</c>.</summary>
    public static string Current { get; } =
        typeof(CodeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
