using HccPipeline.Cli.Hosting;

namespace HccPipeline.Cli.Cluster;

/// <summary>Where a cluster on one machine keeps what it needs, inside the data folder of its registry.</summary>
internal sealed class ClusterFolder(DataDirectory data)
{
    public DataDirectory Data { get; } = data;

    public string Root { get; } = Path.Combine(data.Root, "cluster");

    public string RabbitMq => Path.Combine(Root, "rabbitmq");

    public string PostgreSql => Path.Combine(Root, "postgres");

    public string Logs => Path.Combine(Root, "log");

    public string StateFile => Path.Combine(Root, "state.json");

    /// <summary>What Prometheus's file discovery reads: every address that has metrics.</summary>
    public string TargetsFile => Path.Combine(Root, "prometheus-targets.json");

    /// <summary>Settings as variables, for shells.</summary>
    public string EnvironmentFile => Path.Combine(Data.Root, "cluster.env");

    public string BusPasswordFile => Path.Combine(Root, "secrets", "bus_password");

    public string DatabasePasswordFile => Path.Combine(Root, "secrets", "database_password");

    public string LogOf(string process) => Path.Combine(Logs, $"{process}.log");

    /// <summary>The last lines of a process's log, for the message of a failure.</summary>
    public string TailOf(string process, int lines = 12) =>
        File.Exists(LogOf(process)) ? string.Join('\n', File.ReadLines(LogOf(process)).TakeLast(lines).Select(l => $"  {l}")) : "";
}
