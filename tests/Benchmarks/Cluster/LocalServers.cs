using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HccPipeline.Benchmarks.Cluster;

/// <summary>A cluster that <c>hcc cluster-up</c> starts on this machine, with workers of one thread each; taken down at the end.</summary>
internal sealed class LocalServers : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly string _folder;

    private LocalServers(string folder) => _folder = folder;

    /// <summary>Settings that lead to it.</summary>
    public string Settings => Path.Combine(Data, "hcc.json");

    /// <summary>A folder for what the benchmark writes itself.</summary>
    public string Work => Path.Combine(_folder, "work");

    private string Data => Path.Combine(_folder, "data");

    public static async Task<LocalServers> StartAsync(int workers)
    {
        LocalServers servers = new(Directory.CreateTempSubdirectory("hcc-rate-").FullName);
        // A database server that root starts runs as another user, who must pass through.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(servers._folder, File.GetUnixFileMode(servers._folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        Directory.CreateDirectory(servers.Work);
        try
        {
            await HccAsync("cluster-up", "--detach", "--data", servers.Data, "--workers", workers.ToString(CultureInfo.InvariantCulture), "--role", "none");
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
        return servers;
    }

    /// <summary>Process of a server: <c>postgres</c> or <c>rabbitmq</c>.</summary>
    public int Pid(string server) => Processes().First(p => p.GetProperty("name").GetString() == server).GetProperty("identity").GetProperty("id").GetInt32();

    /// <summary>Where the workers tell their metrics.</summary>
    public IReadOnlyList<string> WorkerUrls =>
        [.. Processes().Select(p => p.TryGetProperty("url", out JsonElement url) ? url.GetString() : null).OfType<string>()];

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Path.Combine(Data, "cluster")))
            await HccAsync("cluster-down", "--data", Data);
        Directory.Delete(_folder, recursive: true);
    }

    private JsonElement.ArrayEnumerator Processes() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "cluster", "state.json"))).RootElement.GetProperty("processes").EnumerateArray();

    private static async Task HccAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "hcc.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["HCC__FeatureWorker__Concurrency"] = "1" },
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("hcc did not start.");
        process.OutputDataReceived += (_, _) => { };   // the watcher that it leaves behind holds the pipe open: nobody waits for its end
        process.BeginOutputReadLine();
        using CancellationTokenSource deadline = new(Limit);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ended.TrySetResult();
        if (process.HasExited)
            ended.TrySetResult();
        await ended.Task.WaitAsync(deadline.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"hcc {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
