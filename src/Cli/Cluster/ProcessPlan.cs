using System.Diagnostics;

namespace HccPipeline.Cli.Cluster;

/// <summary>How a process of a cluster is started and stopped.</summary>
internal sealed record ProcessPlan
{
    /// <summary>Name within the cluster, also of its log.</summary>
    public required string Name { get; init; }

    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Variables over those of this process; null takes one away.</summary>
    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    public required string LogFile { get; init; }

    public string WorkingDirectory { get; init; } = "/";

    public PosixStopSignal StopSignal { get; init; } = PosixStopSignal.Terminate;

    /// <summary>Time that it gets to end in order.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Where its health and metrics are; null for servers of others.</summary>
    public string? Url { get; init; }

    /// <summary>Starts it in a session of its own: a Ctrl-C on the terminal reaches its parent alone, which takes everything down in order.
    /// What it writes goes to its log, so that it outlives whoever started it.</summary>
    public Process Start()
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", "exec setsid \"$@\" >>\"$0\" 2>&1 </dev/null", LogFile, .. Command])
        {
            UseShellExecute = false,
            WorkingDirectory = WorkingDirectory,
        };
        foreach ((string name, string? value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{Name} did not start.");
    }
}
