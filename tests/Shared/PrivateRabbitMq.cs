using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace HccPipeline.Testing;

/// <summary>
/// A RabbitMQ node of this test run alone: its own folder, ports and port mapper, on the loopback interface, stopped at the end.
/// A test that needs it fails when it can't start.
/// </summary>
public sealed class PrivateRabbitMq : IAsyncLifetime
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90), StopTimeout = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-rabbit-").FullName;
    private readonly ProcessOutput _output = new();
    private Process? _portMapper;
    private Process? _server;
    private int _portMapperPort;
    private int _distributionPort;

    /// <summary>Host name; user and password are both <c>guest</c>, the virtual host is <c>/</c>.</summary>
    public const string Host = "127.0.0.1";

    /// <summary>AMQP port.</summary>
    public int Port { get; private set; }

    /// <summary>Settings of section <c>Bus</c> that lead to this node.</summary>
    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Bus:Transport"] = "RabbitMq",
        ["Bus:Host"] = Host,
        ["Bus:Port"] = Port.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Starts the node and returns when it accepts connections.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(Programs, "rabbitmq-server")))
            throw new InvalidOperationException("RabbitMQ is needed by this test and is not installed: apt-get install rabbitmq-server");
        (Port, _distributionPort, _portMapperPort) = FreePorts();
        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[].\n");
        try
        {
            // Nodes find each other through a port mapper; one of its own leaves nothing behind and meets no other node's.
            _portMapper = Start("epmd", "-address", Host, "-port", _portMapperPort.ToString(CultureInfo.InvariantCulture));
            _server = Start(Path.Combine(Programs, "rabbitmq-server"));
            await WaitUntilReadyAsync(_server);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the node as a power cut would and starts it again on the same folder and ports; returns when it accepts connections.</summary>
    public async Task RestartAsync()
    {
        await StopAsync(_server);
        _server = Start(Path.Combine(Programs, "rabbitmq-server"));
        await WaitUntilReadyAsync(_server);
    }

    /// <summary>Runs <c>rabbitmqctl</c> against this node.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote.</exception>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        using Process process = Process.Start(Describe(Path.Combine(Programs, "rabbitmqctl"), ["-q", .. arguments]))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await Task.WhenAll(process.WaitForExitAsync(), output, errors).WaitAsync(StartTimeout);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_server);
        await StopAsync(_portMapper);
        (_server, _portMapper) = (null, null);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilReadyAsync(Process server)
    {
        Task ready = ControlAsync("await_startup", "--timeout", StartTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        Task ended = server.WaitForExitAsync();
        // rabbitmqctl waits only for a node that it can reach: until the node has told the port mapper its name, it is asked again.
        long started = Stopwatch.GetTimestamp();
        while (await Task.WhenAny(ready, ended) == ready && ready.IsFaulted && Stopwatch.GetElapsedTime(started) < StartTimeout)
            ready = ControlAsync("await_startup", "--timeout", "30");
        if (!ready.IsCompletedSuccessfully)
            throw new InvalidOperationException($"The private RabbitMQ node did not start ({(server.HasExited ? $"ended with {server.ExitCode}" : "no answer")}). Last lines:\n{_output.Tail()}", ready.Exception);
    }

    private Process Start(string program, params string[] arguments)
    {
        Process process = Process.Start(Describe(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start.");
        _output.Follow(process);
        return process;
    }

    private ProcessStartInfo Describe(string program, string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        WorkingDirectory = _folder,
        Environment =
        {
            ["HOME"] = _folder,   // holds the cookie of this node
            ["ERL_EPMD_ADDRESS"] = Host,
            ["ERL_EPMD_PORT"] = _portMapperPort.ToString(CultureInfo.InvariantCulture),
            ["RUNNING_UNDER_SYSTEMD"] = "true",   // the script becomes the server instead of keeping it as a child
            ["RABBITMQ_NODENAME"] = $"hcc{Port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = Host,
            ["RABBITMQ_NODE_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_DIST_PORT"] = _distributionPort.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "rabbitmq-env.conf"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq"),
        },
    };

    private static async Task StopAsync(Process? process)
    {
        if (process is null)
            return;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);   // nothing in it is worth a shutdown in order
        // Its output may stay open in a process that it left behind: that is no reason to wait for ever.
        await process.WaitForExitAsync().WaitAsync(StopTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Dispose();
    }

    private static (int, int, int) FreePorts()
    {
        using TcpListener first = Listen(), second = Listen(), third = Listen();   // held together, so that they differ
        return (PortOf(first), PortOf(second), PortOf(third));

        static TcpListener Listen()
        {
            TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            return listener;
        }

        static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
