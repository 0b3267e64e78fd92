using System.CommandLine;
using HccPipeline.Cli.Cluster;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc cluster-down</c>.</summary>
internal static class ClusterDownCommand
{
    private static readonly TimeSpan ProcessLimit = TimeSpan.FromSeconds(40);

    public static Command Create()
    {
        Command command = new(
            "cluster-down",
            """
            Take down the cluster that 'hcc cluster-up' started with the same data folder: workers first, then broker and database.
            What it knows stays in the folder.

            Examples:
              hcc cluster-down --data /srv/hcc
            """)
        {
            GlobalOptions.Data,
        };
        command.SetAction(async (parse, _) =>
        {
            ClusterFolder folder = new(GlobalOptions.OpenData(parse));
            ClusterState state = ClusterState.Read(folder) ?? throw new CliException($"No cluster was ever started in {folder.Data.Root}.");
            bool ran = state.Supervisor.IsAlive || state.Processes.Any(p => p.Identity.IsAlive);
            await state.Supervisor.StopAsync(PosixStopSignal.Terminate, StopLimits.Cluster);
            await StopProcessesAsync(ClusterState.Read(folder) ?? state);
            Console.WriteLine(ran ? $"The cluster in {folder.Data.Root} is down." : $"The cluster in {folder.Data.Root} does not run.");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Stops what is left when nobody watches any more: workers together, then servers in the reverse order of their start.</summary>
    public static async Task StopProcessesAsync(ClusterState state)
    {
        await Task.WhenAll(state.Processes.Where(p => p.Url is not null).Select(p => p.Identity.StopAsync(p.Signal, ProcessLimit)));
        foreach (ClusterProcess server in state.Processes.Where(p => p.Url is null).Reverse())
            await server.Identity.StopAsync(server.Signal, ProcessLimit);
    }
}
