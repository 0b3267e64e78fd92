using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>A cluster on one machine as a developer starts, hurts and stops it.</summary>
public sealed class ClusterUpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClusterUp_WorkerKilledThenStopped_StartsItAgainAndTakesEverythingDown()
    {
        using TemporaryFolder folder = TemporaryFolder.ForServers();
        string data = folder["data"];
        await using HccProcess cluster = HccProcess.Start(null, "cluster-up", "--data", data, "--workers", "1", "--role", "none");
        await cluster.PrintedAsync("Ready.");
        await File.WriteAllTextAsync(folder["clinical.csv"], "patient_id,center,treatment_start\nA-1,A,2024-05-01\n", Ct);
        (int code, string output) = await HccProcess.RunAsync(null, "ingest", folder["clinical.csv"], "--data", data);
        Assert.True(code == 0, output);
        Assert.Equal(1, await PatientsAsync(data));   // no setting but the folder: hcc.json leads to the cluster

        int first = Pid(data, "features-1");
        Kill(first);
        await cluster.PrintedAsync("features-1 ended with 137 and was started again");
        Assert.NotEqual(first, Pid(data, "features-1"));
        (code, output) = await HccProcess.RunAsync(null, "cluster-up", "--data", data);
        Assert.Equal(3, code);
        Assert.Contains("runs already", output, StringComparison.Ordinal);

        int[] processes = Pids(data);
        Assert.Equal(4, processes.Length);   // database, port mapper, broker, worker
        await cluster.TerminateAsync();
        Assert.Equal(0, await cluster.WaitAsync());
        Assert.All(processes, pid => Assert.False(Runs(pid), $"process {pid} still runs:\n{cluster.Output}"));
        Assert.Empty(Pids(data));
    }

    [Fact]
    public async Task ClusterUp_WatcherKilled_IsTakenDownByCommandAndStartsAgainWithItsState()
    {
        using TemporaryFolder folder = TemporaryFolder.ForServers();
        string data = folder["data"];
        (int code, string output) = await HccProcess.RunAsync(null, "cluster-up", "--detach", "--data", data, "--workers", "0", "--role", "none");
        Assert.True(code == 0, output);
        await File.WriteAllTextAsync(folder["clinical.csv"], "patient_id,center,treatment_start\nA-1,A,2024-05-01\n", Ct);
        (code, output) = await HccProcess.RunAsync(null, "ingest", folder["clinical.csv"], "--no-wait", "--data", data);
        Assert.True(code == 0, output);
        int[] processes = Pids(data);
        int port = State(data).GetProperty("ports").GetProperty("postgreSql").GetInt32();
        Kill(State(data).GetProperty("supervisor").GetProperty("id").GetInt32());
        Assert.All(processes, pid => Assert.True(Runs(pid)));
        (code, output) = await HccProcess.RunAsync(null, "cluster-down", "--data", data);
        Assert.True(code == 0, output);
        Assert.All(processes, pid => Assert.False(Runs(pid)));

        (code, output) = await HccProcess.RunAsync(null, "cluster-up", "--detach", "--data", data, "--workers", "0", "--role", "none");
        try
        {
            Assert.True(code == 0, output);
            Assert.Equal(port, State(data).GetProperty("ports").GetProperty("postgreSql").GetInt32());
            Assert.Equal(1, await PatientsAsync(data));
        }
        finally
        {
            (code, output) = await HccProcess.RunAsync(null, "cluster-down", "--data", data);
        }
        Assert.True(code == 0, output);
        Assert.Contains("is down", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterUp_FolderWithARegistryOfItsOwn_IsRefused()
    {
        using TemporaryFolder folder = new();
        (int code, string output) = await HccProcess.RunAsync(null, "status", "--data", folder["data"]);
        Assert.True(code == 0, output);
        (code, output) = await HccProcess.RunAsync(null, "cluster-up", "--data", folder["data"]);
        Assert.Equal(3, code);
        Assert.Contains("registry.db", output, StringComparison.Ordinal);
    }

    private static async Task<int> PatientsAsync(string data)
    {
        (int code, string output) = await HccProcess.RunAsync(null, "status", "--json", "--data", data);
        Assert.True(code == 0, output);
        return JsonDocument.Parse(output).RootElement.GetProperty("patients").GetInt32();
    }

    private static JsonElement State(string data) => JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "cluster", "state.json"))).RootElement;

    private static int Pid(string data, string name) =>
        State(data).GetProperty("processes").EnumerateArray().Single(p => p.GetProperty("name").GetString() == name).GetProperty("identity").GetProperty("id").GetInt32();

    private static int[] Pids(string data) =>
        [.. State(data).GetProperty("processes").EnumerateArray().Select(p => p.GetProperty("identity").GetProperty("id").GetInt32())];

    private static void Kill(int pid)
    {
        using Process process = Process.GetProcessById(pid);
        process.Kill();
    }

    /// <summary>Dead and not yet waited for counts as ended.</summary>
    private static bool Runs(int pid) =>
        File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] != 'Z';
}
