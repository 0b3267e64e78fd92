using System.Text.Json;
using HccPipeline.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace HccPipeline.EndToEnd.Infra;

/// <summary>Collector and Grafana: what one file names, another has.</summary>
public sealed class ObservabilityFilesTests
{
    private static string Infra(params ReadOnlySpan<string> path) => Path.Combine([ConformanceData.Repository!, "infra", .. path]);

    [Fact]
    public void Collector_ComponentsOfItsPipelines_AreConfiguredAndUsed()
    {
        YamlNode collector = Yaml.Load(File.ReadAllText(Infra("otel-collector", "collector.yml")))[0];
        foreach (string kind in new[] { "receivers", "processors", "exporters" })
        {
            string[] used = [.. new[] { "traces", "metrics" }.SelectMany(p => collector.List("service", "pipelines", p, kind)).Select(n => n.ToString()).Distinct().Order(StringComparer.Ordinal)];
            Assert.Equal(((YamlMappingNode)collector.At(kind)!).Children.Keys.Select(k => k.ToString()).Order(StringComparer.Ordinal), used);
        }
        YamlNode compose = ComposeFile.Load();
        Assert.NotNull(compose.At("services", collector.Text("exporters", "otlp/jaeger", "endpoint").Split(':')[0]));
        Assert.EndsWith(":4317", collector.Text("receivers", "otlp", "protocols", "grpc", "endpoint"), StringComparison.Ordinal);
        Assert.All(ComposeFile.Workers(compose).Values, w => Assert.Equal("http://collector:4317", w.Text("environment", "OTEL_EXPORTER_OTLP_ENDPOINT")));
    }

    [Fact]
    public void Dashboard_DataSourcesAndPanels_FitTogether()
    {
        YamlNode compose = ComposeFile.Load();
        YamlNode[] sources = [.. Yaml.Load(File.ReadAllText(Infra("grafana", "provisioning", "datasources", "hcc.yml")))[0].List("datasources")];
        Assert.All(sources, s => Assert.NotNull(compose.At("services", new Uri(s.Text("url")).Host)));
        JsonElement[] panels = [.. JsonDocument.Parse(File.ReadAllText(Infra("grafana", "dashboards", "hcc.json"))).RootElement.GetProperty("panels").EnumerateArray()];
        Assert.Equal(panels.Length, panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels.Where(p => p.TryGetProperty("datasource", out _)), p => Assert.Contains(p.GetProperty("datasource").GetProperty("uid").GetString(), sources.Select(s => s.Text("uid"))));
        Assert.All(panels, a => Assert.DoesNotContain(panels, b => a.GetProperty("id").GetInt32() < b.GetProperty("id").GetInt32() && Overlap(a, b)));

        static bool Overlap(JsonElement a, JsonElement b)
        {
            (int x, int y, int w, int h) p = Place(a), q = Place(b);
            return p.x < q.x + q.w && q.x < p.x + p.w && p.y < q.y + q.h && q.y < p.y + p.h;
        }

        static (int X, int Y, int W, int H) Place(JsonElement panel)
        {
            JsonElement place = panel.GetProperty("gridPos");
            return (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
        }
    }
}
