using HccPipeline.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace HccPipeline.EndToEnd.Infra;

/// <summary>The manifests say the same as docker-compose.yml, whose commands and settings are tried as processes.</summary>
public sealed class KubernetesTests
{
    private static readonly string Folder = Path.Combine(ConformanceData.Repository!, "infra", "kubernetes");

    private static IReadOnlyList<YamlNode> Documents(string file) => Yaml.Load(File.ReadAllText(Path.Combine(Folder, file)));

    private static IReadOnlyDictionary<string, YamlNode> Workers =>
        Documents("workers.yaml").Where(d => d.Text("kind") == "Deployment").ToDictionary(d => d.Text("metadata", "name"), StringComparer.Ordinal);

    [Fact]
    public void Workers_CommandsAndSettings_AreThoseOfCompose()
    {
        IReadOnlyDictionary<string, YamlNode> compose = ComposeFile.Workers(ComposeFile.Load());
        Dictionary<string, string> shared = new(Documents("settings.yaml").Single().Map("data"), StringComparer.Ordinal);
        Assert.Equal(compose.Keys.Order(StringComparer.Ordinal), Workers.Keys.Order(StringComparer.Ordinal));
        foreach ((string role, YamlNode deployment) in Workers)
        {
            YamlNode container = deployment.At("spec", "template", "spec", "containers", "0")!;
            Assert.Equal(compose[role].List("command").Select(c => c.ToString()), container.List("args").Select(c => c.ToString()));
            Assert.Equal(compose[role].Text("image"), container.Text("image"));
            Dictionary<string, string> settings = new(shared, StringComparer.Ordinal);
            foreach (YamlNode variable in container.List("env"))
                settings[variable.Text("name")] = variable.Text("value");
            Assert.Equal(Comparable(compose[role].Map("environment")), Comparable(settings));
        }

        // Reports stay in the blob store here; traces go where an administrator says.
        static IEnumerable<string> Comparable(IReadOnlyDictionary<string, string> settings) =>
            settings.Where(s => s.Key.StartsWith("HCC__", StringComparison.Ordinal) && s.Key != "HCC__Reporting__Folder").Select(s => $"{s.Key}={s.Value}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Workers_EveryPod_RunsWithoutPrivilegesAndIsProbed() => Assert.All(Workers.Values, deployment =>
    {
        YamlNode pod = deployment.At("spec", "template", "spec")!, container = pod.At("containers", "0")!;
        Assert.Equal(("true", "10001", "false"), (pod.Text("securityContext", "runAsNonRoot"), pod.Text("securityContext", "runAsUser"), pod.Text("automountServiceAccountToken")));
        Assert.Equal(
            ("false", "true", "ALL"),
            (container.Text("securityContext", "allowPrivilegeEscalation"), container.Text("securityContext", "readOnlyRootFilesystem"), container.Text("securityContext", "capabilities", "drop", "0")));
        Assert.Equal("/health/ready", container.Text("readinessProbe", "httpGet", "path"));
        Assert.Equal("/health/live", container.Text("livenessProbe", "httpGet", "path"));
        Assert.NotEqual("", container.Text("resources", "limits", "memory"));
        Assert.True(int.Parse(pod.Text("terminationGracePeriodSeconds"), System.Globalization.CultureInfo.InvariantCulture) > 25);
    });

    [Fact]
    public void Manifests_WhatTheyReferTo_IsThere()
    {
        YamlNode[] all = [.. Directory.GetFiles(Folder, "*.yaml").Order(StringComparer.Ordinal).SelectMany(f => Documents(Path.GetFileName(f)))];
        using TemporaryFolder secrets = new();
        ComposeFile.MakeSecrets(secrets.Path);
        HashSet<string> files = [.. Directory.GetFiles(secrets.Path).Select(f => Path.GetFileName(f)!)];
        foreach (YamlNode pod in all.Select(d => d.At("spec", "template", "spec")).OfType<YamlNode>())
        {
            HashSet<string> volumes = [.. pod.List("volumes").Select(v => v.Text("name")), "data"];   // data: claimed by the set
            Assert.All(pod.List("containers").SelectMany(c => c.List("volumeMounts")), m => Assert.Contains(m.Text("name"), volumes));
            Assert.All(pod.List("volumes").SelectMany(v => v.List("secret", "items")), i => Assert.Contains(i.Text("key"), files));
        }
        foreach (YamlNode workload in all.Where(d => d.At("spec", "selector", "matchLabels") is not null))
            Assert.Equal(workload.Map("spec", "selector", "matchLabels"), workload.Map("spec", "template", "metadata", "labels"));
        foreach (YamlNode service in all.Where(d => d.Text("kind") == "Service"))
            Assert.Contains(all, w => Matches(service.Map("spec", "selector"), w.Map("spec", "template", "metadata", "labels")));
        YamlNode scaling = all.Single(d => d.Text("kind") == "HorizontalPodAutoscaler");
        Assert.Contains(scaling.Text("spec", "scaleTargetRef", "name"), Workers.Keys);

        static bool Matches(IReadOnlyDictionary<string, string> selector, IReadOnlyDictionary<string, string> labels) =>
            selector.Count > 0 && selector.All(s => labels.TryGetValue(s.Key, out string? value) && value == s.Value);
    }
}
