using System.CommandLine;

namespace HccPipeline.Cli.Hosting;

/// <summary>Time that a command gets after Ctrl-C or SIGTERM before the process ends whatever it does.</summary>
internal static class StopLimits
{
    /// <summary>For all processes of a cluster, one after the other.</summary>
    public static readonly TimeSpan Cluster = TimeSpan.FromMinutes(3);

    // The host gives up after 25 s; the container's stop_grace_period is 40.
    private static readonly TimeSpan Serve = TimeSpan.FromSeconds(35);

    // A calculation that does not look at its cancellation must not hold a terminal.
    private static readonly TimeSpan Others = TimeSpan.FromSeconds(2);

    public static TimeSpan Of(Command command) => command.Name switch
    {
        "cluster-up" => Cluster,
        "serve" => Serve,
        _ => Others,
    };
}
