using System.CommandLine;

namespace HccPipeline.Cli.Hosting;

/// <summary>What Ctrl-C or SIGTERM does to a command: the time that it gets before the process ends whatever it does, and what is left of its work.</summary>
internal static class StopLimits
{
    /// <summary>For all processes of a cluster, one after the other.</summary>
    public static readonly TimeSpan Cluster = TimeSpan.FromMinutes(3);

    /// <summary>For the workers that a command plays, to hand back what they have in hand.</summary>
    public static readonly TimeSpan Workers = TimeSpan.FromSeconds(10);

    // The host gives up after 25 s; the container's stop_grace_period is 40.
    private static readonly TimeSpan Serve = TimeSpan.FromSeconds(35);

    // Its workers, and what the command itself has in hand.
    private static readonly TimeSpan WithWorkers = TimeSpan.FromSeconds(12);

    // A calculation that does not look at its cancellation must not hold a terminal.
    private static readonly TimeSpan Others = TimeSpan.FromSeconds(2);

    public static TimeSpan Of(ParseResult parse) => parse.CommandResult.Command.Name switch
    {
        "cluster-up" => Cluster,
        "serve" => Serve,
        _ => GoesOn(parse) ? WithWorkers : Others,
    };

    /// <summary>What became of a command that was stopped.</summary>
    public static string Describe(ParseResult parse) => GoesOn(parse)
        ? "stopped. Nothing is lost: run the command again to go on."
        : "stopped. What was not yet written is lost; run the command again to start anew.";

    /// <summary>Whether the work is the registry's, which goes on with it the next time.</summary>
    private static bool GoesOn(ParseResult parse) => parse.CommandResult.Command.Name switch
    {
        "demo" or "ingest" or "retry" or "dismiss" or "cluster-up" => true,
        "extract" => parse.GetValue<bool>("--cluster"),
        _ => false,
    };
}
