using System.Diagnostics;
using System.Globalization;

namespace HccPipeline.Persistence.Workers;

/// <summary>A process that does the work, as it is listed.</summary>
public sealed record WorkerProcess
{
    /// <summary>How this process is named wherever it leaves its name: host and process.</summary>
    public static readonly string CurrentId = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Whether a process of this machine has ended. Of one on another machine, nobody here can tell: false.</summary>
    /// <param name="workerId">Host and process, as <see cref="CurrentId"/> names them.</param>
    public static bool IsGone(string workerId)
    {
        int at = workerId.LastIndexOf('/');
        if (at < 0 || workerId[..at] != Environment.MachineName || !int.TryParse(workerId[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            return false;
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    /// <summary>Host and process.</summary>
    public required string WorkerId { get; init; }

    /// <summary>Roles that it plays, separated by commas.</summary>
    public required string Roles { get; init; }

    /// <summary>Bricks that it computes at the same time; 0 where it computes none.</summary>
    public required long Slots { get; init; }

    /// <summary>Version of its program.</summary>
    public required string Version { get; init; }

    /// <summary>When it started, ms.</summary>
    public required long StartedMs { get; init; }

    /// <summary>When it was last seen, ms.</summary>
    public required long SeenMs { get; init; }
}
