using System.Text.Json;

namespace HccPipeline.Cli.Cluster;

/// <summary>Writes every address with metrics, for Prometheus's file discovery.</summary>
internal static class MetricTargets
{
    /// <summary>Labels are those of infra/prometheus: <c>job</c> tells workers from the broker, <c>role</c> one kind of worker from another.</summary>
    public static void Write(ClusterFolder folder, ClusterPorts ports, IEnumerable<(string Role, int Port)> workers)
    {
        object[] targets =
        [
            new { targets = new[] { $"127.0.0.1:{ports.RabbitMqMetrics}" }, labels = new { job = "rabbitmq", role = "broker" } },
            .. workers.Select(w => new { targets = new[] { $"127.0.0.1:{w.Port}" }, labels = new { job = "hcc", role = w.Role } }),
        ];
        File.WriteAllText(folder.TargetsFile, JsonSerializer.Serialize(targets));
    }
}
