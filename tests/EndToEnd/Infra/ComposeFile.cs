using HccPipeline.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace HccPipeline.EndToEnd.Infra;

/// <summary>docker-compose.yml as docker-compose itself understands it.</summary>
internal static class ComposeFile
{
    private const string WorkerImage = "hccpipeline:latest";

    public static string Path => System.IO.Path.Combine(ConformanceData.Repository!, "docker-compose.yml");

    public static YamlNode Load()
    {
        (int code, string output) = OtherTools.Run("docker-compose", "-f", Path, "config");
        Assert.True(code == 0, output);
        return Yaml.Load(output)[0];
    }

    /// <summary>Services that run this program, by role.</summary>
    public static IReadOnlyDictionary<string, YamlNode> Workers(YamlNode compose) => ((YamlMappingNode)compose.At("services")!).Children
        .Where(s => s.Value.Text("image") == WorkerImage)
        .ToDictionary(s => s.Key.ToString(), s => s.Value, StringComparer.Ordinal);

    /// <summary>Files that infra/make-secrets makes, in a folder.</summary>
    public static void MakeSecrets(string folder)
    {
        (int code, string output) = OtherTools.Run("bash", System.IO.Path.Combine(ConformanceData.Repository!, "infra", "make-secrets"), folder);
        Assert.True(code == 0, output);
    }
}
