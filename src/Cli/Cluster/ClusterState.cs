using System.Text.Json;

namespace HccPipeline.Cli.Cluster;

/// <summary>What runs, written by the process that started it, read by <c>hcc cluster-down</c> and by a later <c>hcc cluster-up</c>.</summary>
/// <param name="Supervisor">The process that started the others and starts again what dies.</param>
/// <param name="Ports">Ports in use, kept for the next start of the same folder.</param>
/// <param name="Processes">Processes in the order of their start.</param>
/// <param name="Ready">Everything has said that it is ready.</param>
internal sealed record ClusterState(ProcessIdentity Supervisor, ClusterPorts Ports, IReadOnlyList<ClusterProcess> Processes, bool Ready)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static ClusterState? Read(ClusterFolder folder) =>
        File.Exists(folder.StateFile) ? JsonSerializer.Deserialize<ClusterState>(File.ReadAllText(folder.StateFile), Options) : null;

    /// <summary>Replaces the file at once: a reader sees the old state or the new one.</summary>
    public void Write(ClusterFolder folder)
    {
        string partial = folder.StateFile + ".partial";
        File.WriteAllText(partial, JsonSerializer.Serialize(this, Options));
        File.Move(partial, folder.StateFile, overwrite: true);
    }
}

/// <summary>A started process.</summary>
/// <param name="Name">Name within the cluster, also of its log.</param>
/// <param name="Identity">The process.</param>
/// <param name="Signal">What asks it to end.</param>
/// <param name="Url">Where its health and metrics are; null for servers of others.</param>
internal sealed record ClusterProcess(string Name, ProcessIdentity Identity, PosixStopSignal Signal, string? Url);
