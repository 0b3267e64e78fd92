using System.CommandLine;
using HccPipeline.Cli.Cluster;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc cluster-up</c>.</summary>
internal static class ClusterUpCommand
{
    private static readonly string[] OtherRoles = ["ingest", "models", "reporting"];
    private const string NoRole = "none";

    public static Command Create()
    {
        Option<int> workers = new("--workers") { Description = "Processes that extract features.", HelpName = "N", DefaultValueFactory = _ => 2 };
        workers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 64)
                result.AddError("--workers goes from 0 to 64.");
        });
        Option<string[]> role = new("--role")
        {
            Description = $"Other workers to start, one process each: {string.Join(", ", OtherRoles)}, or {NoRole}; may be given several times.",
            DefaultValueFactory = _ => OtherRoles,
        };
        role.AcceptOnlyFromAmong([.. OtherRoles, NoRole]);
        Option<bool> management = new("--management") { Description = "Serve RabbitMQ's management pages too." };
        Option<bool> detach = new("--detach") { Description = "Return when the cluster is ready; 'hcc cluster-down' takes it down." };
        Command command = new(
            "cluster-up",
            """
            Start a cluster on this machine, for development, tests and benchmarks: private RabbitMQ and PostgreSQL from Debian's packages
            and worker processes, all on the loopback interface, all state in the data folder. What dies is started again; Ctrl-C takes all
            of it down in order, and the next start of the same folder goes on where it was. The system's own services are not touched.

            Examples:
              hcc cluster-up --workers 4 --data /srv/hcc
              hcc cluster-up --detach --management && hcc status && hcc cluster-down
            """)
        {
            workers, role, management, detach, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            ClusterFolder folder = new(GlobalOptions.OpenData(parse));
            ClusterRequest request = new(parse.GetValue(workers), [.. parse.GetRequiredValue(role).Distinct().Where(r => r != NoRole)], parse.GetValue(management));
            RequirePackages();
            await RequireFreeFolderAsync(folder);
            if (parse.GetValue(detach))
                await DetachAsync(folder, request, ct);
            else
                await RunAsync(folder, request, ct);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(ClusterFolder folder, ClusterRequest request, CancellationToken ct)
    {
        await using LocalCluster cluster = await LocalCluster.StartAsync(folder, request, Console.WriteLine, ct);
        Console.WriteLine(Directions(folder));
        await cluster.WatchAsync(Console.WriteLine, ct);
        Console.WriteLine("Taking the cluster down");
    }

    /// <summary>Leaves the watching to a process of its own.</summary>
    private static async Task DetachAsync(ClusterFolder folder, ClusterRequest request, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Logs);
        const string name = "cluster-up";
        File.Delete(folder.LogOf(name));
        using Supervised watcher = new(new ProcessPlan
        {
            Name = name,
            Command =
            [
                .. WorkerProcess.Self, name, "--data", folder.Data.Root, "--workers", $"{request.FeatureWorkers}",
                .. (request.OtherRoles.Count == 0 ? [NoRole] : request.OtherRoles).SelectMany(r => new[] { "--role", r }),
                .. request.Management ? ["--management"] : Array.Empty<string>(),
            ],
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal),
            WorkingDirectory = Environment.CurrentDirectory,
            LogFile = folder.LogOf(name),
        });
        watcher.Start();
        try
        {
            await watcher.ReadyAsync(
                _ => Task.FromResult(ClusterState.Read(folder) is { Ready: true } state && state.Supervisor == watcher.Identity), TimeSpan.FromMinutes(5), folder, ct);
        }
        catch (OperationCanceledException)
        {
            await watcher.Identity!.StopAsync(PosixStopSignal.Terminate, StopLimits.Cluster);
            throw;
        }
        Console.Write(await File.ReadAllTextAsync(folder.LogOf(name), ct));
    }

    private static string Directions(ClusterFolder folder) =>
        $"""
        Ready. Logs in {folder.Logs}
          use it from another shell   hcc status --data {folder.Data.Root}
          or with any data folder     . {folder.EnvironmentFile}
          take it down                Ctrl-C, or hcc cluster-down --data {folder.Data.Root}
        """;

    private static void RequirePackages()
    {
        string[] missing =
        [
            .. RabbitMqServer.IsInstalled ? [] : new[] { "rabbitmq-server" },
            .. PostgreSqlServer.IsInstalled ? [] : new[] { "postgresql" },
        ];
        if (missing.Length > 0)
            throw new CliException($"A cluster on one machine needs {string.Join(" and ", missing)}: apt-get install {string.Join(' ', missing)}");
    }

    private static async Task RequireFreeFolderAsync(ClusterFolder folder)
    {
        ClusterSettings.RequireOwnFolder(folder);
        if (ClusterState.Read(folder) is not { } state)
            return;
        if (state.Supervisor.IsAlive)
            throw new CliException($"The cluster in {folder.Data.Root} runs already. hcc cluster-down --data {folder.Data.Root} takes it down.");
        await ClusterDownCommand.StopProcessesAsync(state);   // of a start whose watcher was killed
    }
}
