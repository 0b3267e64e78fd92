namespace HccPipeline.Persistence.Workers;

/// <summary>A process that does the work, as it is listed.</summary>
public sealed record WorkerProcess
{
    /// <summary>How this process is named wherever it leaves its name: host and process.</summary>
    public static readonly string CurrentId = $"{Environment.MachineName}/{Environment.ProcessId}";

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
