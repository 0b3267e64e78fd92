using HccPipeline.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace HccPipeline.EndToEnd.Infra;

/// <summary>Configuration and rules of Prometheus, judged by its own tool.</summary>
public sealed class PrometheusRulesTests
{
    private static string Folder => Path.Combine(ConformanceData.Repository!, "infra", "prometheus");

    [Fact]
    public void Configuration_CheckedByPromtool_IsAccepted() => Promtool("check", "config", Path.Combine(Folder, "prometheus.yml"));

    [Fact]
    public void Alerts_CasesOfTheirTest_FireAndStaySilentAsWritten() => Promtool("test", "rules", Path.Combine(Folder, "alerts.test.yml"));

    [Fact]
    public void Alerts_EachOne_IsTestedBothWaysAndHasItsSectionInTheHandbook()
    {
        string[] alerts = [.. Mappings(Load("rules/alerts.yml"), "alert")];
        Assert.True(alerts.Length >= 10);
        string handbook = File.ReadAllText(Path.Combine(ConformanceData.Repository!, "docs", "operations.md"));
        string tests = File.ReadAllText(Path.Combine(Folder, "alerts.test.yml"));
        foreach (string alert in alerts)
        {
            Assert.Contains($"\n### {alert}\n", handbook, StringComparison.Ordinal);
            Assert.Contains($"- alertname: {alert}\n", tests, StringComparison.Ordinal);          // fires
            Assert.Contains($"- {{ alertname: {alert}, eval_time", tests, StringComparison.Ordinal);   // stays silent
        }
        Assert.All(Mappings(Load("rules/alerts.yml"), "runbook"), link => Assert.Contains(alerts, a => link == $"docs/operations.md#{a.ToLowerInvariant()}"));
    }

    private static YamlNode Load(string file)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, file))));
        return stream.Documents[0].RootNode;
    }

    /// <summary>Values of a key, wherever it stands.</summary>
    private static IEnumerable<string> Mappings(YamlNode node, string key) => node.AllNodes.OfType<YamlMappingNode>()
        .SelectMany(m => m.Children).Where(c => c.Key.ToString() == key).Select(c => c.Value.ToString());

    private static void Promtool(params string[] arguments)
    {
        (int code, string output) = OtherTools.Run("promtool", arguments);
        Assert.True(code == 0, output);
    }
}
