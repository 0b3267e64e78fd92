using System.Net.Sockets;

namespace HccPipeline.Cli.Cluster;

/// <summary>What to start.</summary>
/// <param name="FeatureWorkers">Processes that extract features.</param>
/// <param name="OtherRoles">Roles that get one process each.</param>
/// <param name="Management">RabbitMQ's management pages.</param>
internal sealed record ClusterRequest(int FeatureWorkers, IReadOnlyList<string> OtherRoles, bool Management);

/// <summary>
/// A cluster on this machine: RabbitMQ, PostgreSQL and workers, all on the loopback interface, all state in one folder, nothing shared with
/// the system's own services. Whoever starts it watches over it; what dies is started again.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan ServerLimit = TimeSpan.FromSeconds(90), WorkerLimit = TimeSpan.FromMinutes(3);
    private readonly ClusterFolder _folder;
    private readonly List<Supervised> _processes = [];
    private readonly Lock _writing = new();

    private LocalCluster(ClusterFolder folder, ClusterPorts ports) => (_folder, Ports) = (folder, ports);

    public ClusterPorts Ports { get; }

    /// <summary>Starts everything and returns when all of it is ready; when something fails, what was started is stopped again.</summary>
    public static async Task<LocalCluster> StartAsync(ClusterFolder folder, ClusterRequest request, Action<string> progress, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Logs);
        int workers = request.FeatureWorkers + request.OtherRoles.Count;
        LocalCluster cluster = new(folder, ClusterPorts.Choose(ClusterState.Read(folder)?.Ports, workers));
        try
        {
            await cluster.StartServersAsync(request, progress, ct);
            await cluster.StartWorkersAsync(request, progress, ct);
            cluster.Record(ready: true);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts again what dies, until cancelled.</summary>
    public async Task WatchAsync(Action<string> report, CancellationToken ct)
    {
        try
        {
            await Task.WhenAll(_processes.Select(p => p.WatchAsync(
                what =>
                {
                    Record(ready: true);
                    report(what);
                },
                ct)));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The order to stop: the processes are stopped by who gave it.
        }
    }

    /// <summary>Takes everything down: workers together, then the servers, each after what needs it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Where(p => p.Plan.Url is not null).Select(StopAsync));
        foreach (Supervised server in _processes.Where(p => p.Plan.Url is null).Reverse())
            await StopAsync(server);
        foreach (Supervised process in _processes)
            process.Dispose();
        _processes.Clear();
        Record(ready: false);

        static async Task StopAsync(Supervised process)
        {
            if (process.Identity is { } identity)
                await identity.StopAsync(process.Plan.StopSignal, process.Plan.StopLimit);
        }
    }

    private async Task StartServersAsync(ClusterRequest request, Action<string> progress, CancellationToken ct)
    {
        PostgreSqlServer database = new(_folder, Ports.PostgreSql);
        RabbitMqServer bus = new(_folder, Ports, request.Management);
        await database.PrepareAsync(ct);
        bus.Prepare();
        Supervised postgres = Begin(database.Server);
        Begin(bus.PortMapper);
        Supervised rabbit = Begin(bus.Node);
        await postgres.ReadyAsync(_ => AnswersAsync(Ports.PostgreSql), ServerLimit, _folder, ct);
        await postgres.ReadyAsync(token => TryCreateDatabaseAsync(database, token), ServerLimit, _folder, ct);
        progress($"postgres    127.0.0.1:{Ports.PostgreSql}");
        await rabbit.ReadyAsync(_ => AnswersAsync(Ports.RabbitMq), ServerLimit, _folder, ct);
        progress($"rabbitmq    127.0.0.1:{Ports.RabbitMq}   metrics http://127.0.0.1:{Ports.RabbitMqMetrics}/metrics"
            + (request.Management ? $"   pages http://127.0.0.1:{Ports.RabbitMqManagement} (user {RabbitMqServer.User}, password in {_folder.BusPasswordFile})" : ""));
        ClusterSettings.Write(_folder, ClusterSettings.For(_folder, Ports, database));
    }

    private async Task StartWorkersAsync(ClusterRequest request, Action<string> progress, CancellationToken ct)
    {
        IReadOnlyDictionary<string, string?> variables =
            ClusterSettings.Variables(ClusterSettings.For(_folder, Ports, new PostgreSqlServer(_folder, Ports.PostgreSql)));
        (string Name, string Role)[] wanted =
        [
            .. request.OtherRoles.Select(role => (role, role)),
            .. Enumerable.Range(1, request.FeatureWorkers).Select(i => ($"features-{i}", "features")),
        ];
        Supervised[] workers =
        [
            .. wanted.Zip(Ports.Workers, (worker, port) => Begin(WorkerProcess.Plan(worker.Name, worker.Role, $"http://127.0.0.1:{port}", variables, _folder))),
        ];
        MetricTargets.Write(_folder, Ports, wanted.Zip(Ports.Workers, (worker, port) => (worker.Role, port)));
        await Task.WhenAll(workers.Select(async worker =>
        {
            await worker.ReadyAsync(token => WorkerProcess.IsReadyAsync(worker.Plan.Url!, token), WorkerLimit, _folder, ct);
            progress($"{worker.Plan.Name,-11} {worker.Plan.Url}/health/ready");
        }));
    }

    private Supervised Begin(ProcessPlan plan)
    {
        Supervised process = new(plan);
        _processes.Add(process);
        process.Start();
        Record(ready: false);
        return process;
    }

    private void Record(bool ready)
    {
        lock (_writing)
        {
            new ClusterState(
                ProcessIdentity.Current, Ports,
                [.. _processes.Where(p => p.Identity is not null).Select(p => new ClusterProcess(p.Plan.Name, p.Identity!, p.Plan.StopSignal, p.Plan.Url))],
                ready).Write(_folder);
        }
    }

    private static async Task<bool> TryCreateDatabaseAsync(PostgreSqlServer database, CancellationToken ct)
    {
        try
        {
            await database.CreateDatabaseAsync(ct);
            return true;
        }
        catch (Npgsql.NpgsqlException e) when (e.IsTransient)   // it listens and does not take sessions yet
        {
            return false;
        }
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
