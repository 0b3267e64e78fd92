using System.Reflection;

namespace HccPipeline.Cli.Cluster;

/// <summary>A RabbitMQ node of Debian's package with folder, ports, cookie and port mapper of its own; the system's node is not touched.</summary>
/// <param name="folder">Where it keeps its state.</param>
/// <param name="ports">Its ports.</param>
/// <param name="management">Serve the management pages too.</param>
internal sealed class RabbitMqServer(ClusterFolder folder, ClusterPorts ports, bool management)
{
    public const string User = "hcc";
    private const string Loopback = "127.0.0.1";
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    /// <summary>Says what to install where the package is missing.</summary>
    public static bool IsInstalled => File.Exists(Server);

    /// <summary>Nodes find each other through a port mapper; one of its own meets no other node's.</summary>
    public ProcessPlan PortMapper => new()
    {
        Name = "epmd",
        Command = ["epmd", "-address", Loopback, "-port", $"{ports.RabbitMqPortMapper}"],
        Environment = Variables,
        LogFile = folder.LogOf("epmd"),
    };

    public ProcessPlan Node => new()
    {
        Name = "rabbitmq",
        Command = [Server],
        Environment = Variables,
        WorkingDirectory = folder.RabbitMq,
        LogFile = folder.LogOf("rabbitmq"),
    };

    /// <summary>Writes configuration, plugins and user; the user is made at the first start.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(folder.RabbitMq);
        using StreamReader shared = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("rabbitmq.conf")!);
        string[] own =
        [
            $"default_user = {User}",
            $"default_pass = {Secrets.ReadOrCreate(folder.BusPasswordFile)}",
            $"prometheus.tcp.ip = {Loopback}",
            $"prometheus.tcp.port = {ports.RabbitMqMetrics}",
        ];
        string[] pages = [$"management.tcp.ip = {Loopback}", $"management.tcp.port = {ports.RabbitMqManagement}"];
        Secrets.Write(ConfigurationFile, string.Join('\n', [shared.ReadToEnd(), .. own, .. management ? pages : [], ""]));
        File.WriteAllText(PluginsFile, management ? "[rabbitmq_management,rabbitmq_prometheus].\n" : "[rabbitmq_prometheus].\n");
    }

    private string ConfigurationFile => Path.Combine(folder.RabbitMq, "rabbitmq.conf");

    private string PluginsFile => Path.Combine(folder.RabbitMq, "enabled_plugins");

    private Dictionary<string, string?> Variables => new(StringComparer.Ordinal)
    {
        ["HOME"] = folder.RabbitMq,   // holds the cookie of this node
        ["ERL_EPMD_ADDRESS"] = Loopback,
        ["ERL_EPMD_PORT"] = $"{ports.RabbitMqPortMapper}",
        ["RUNNING_UNDER_SYSTEMD"] = "true",   // the script becomes the server instead of keeping it as a child
        ["NOTIFY_SOCKET"] = null,
        ["RABBITMQ_NODENAME"] = "hcc@localhost",   // names the folder of the state: the same whatever the port
        ["RABBITMQ_NODE_IP_ADDRESS"] = Loopback,
        ["RABBITMQ_NODE_PORT"] = $"{ports.RabbitMq}",
        ["RABBITMQ_DIST_PORT"] = $"{ports.RabbitMqDistribution}",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder.RabbitMq, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = folder.Logs,
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_PID_FILE"] = Path.Combine(folder.RabbitMq, "pid"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = PluginsFile,
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder.RabbitMq, "rabbitmq-env.conf"),
        ["RABBITMQ_CONFIG_FILE"] = ConfigurationFile,
    };
}
