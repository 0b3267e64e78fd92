using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.EndToEnd.Cluster;

/// <summary>
/// A cluster that <c>hcc cluster-up</c> started, watched by Debian's prometheus and by a receiver of traces, that has taken a small registry from
/// its drop folder to a report, and has scored patients who came later; every process writes all that it can into its log.
/// </summary>
public sealed class MonitoredCluster : IAsyncLifetime
{
    private static readonly TimeSpan ReportLimit = TimeSpan.FromMinutes(6), Limit = TimeSpan.FromSeconds(90);
    private readonly TemporaryFolder _folder = TemporaryFolder.ForServers();
    private SpanSink _sink = null!;
    private HccProcess? _cluster;
    private Process? _prometheus;

    /// <summary>Name of a file in the delivery that is no DICOM file and is named as people name files.</summary>
    internal const string NamedFile = "MUELLER_ANNA_19610203.dcm";

    /// <summary>Studies of the registry and of the patients who came when there was a champion: two of each patient.</summary>
    internal const int Studies = 2 * (SmallDemo.Patients + LaterPatients);

    private const int LaterPatients = 8;   // too few to train again

    internal SpanSink Sink => _sink;

    internal PrometheusClient Prometheus { get; private set; } = null!;

    internal string Data => _folder["data"];

    /// <summary>Logs of the worker processes, by name.</summary>
    internal IReadOnlyDictionary<string, string> WorkerLogs => Directory.EnumerateFiles(Path.Combine(Data, "cluster", "log"), "*.log")
        .Where(f => Path.GetFileNameWithoutExtension(f) is "ingest" or "models" or "reporting" || Path.GetFileName(f).StartsWith("features", StringComparison.Ordinal))
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), ReadShared, StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _sink = await SpanSink.StartAsync();
        string drop = _folder["drop"];
        Dictionary<string, string> environment = new(_sink.Environment)
        {
            ["HCC__Logging__Format"] = "Json",
            ["HCC__Logging__Level"] = "Trace",
            ["HCC__Ingest__DropFolder"] = drop,
            ["HCC__Ingest__DropFolderPollSeconds"] = "1",
            ["HCC__ModelWorker__MinimumPatients"] = SmallDemo.Patients.ToString(CultureInfo.InvariantCulture),
            ["HCC__Guards__Override"] = "synthetic and small on purpose",
            ["HCC__ModelWorker__SweepInterval"] = "01:00:00",   // training comes from the last study, not from the sweeper
        };
        Directory.CreateDirectory(drop);
        _cluster = HccProcess.Start(environment, "cluster-up", "--data", Data, "--workers", "2");
        await _cluster.PrintedAsync("Ready.");
        int port = LoopbackPort.Free();
        _prometheus = Process.Start(new ProcessStartInfo("bash", [Path.Combine(ConformanceData.Repository!, "infra", "local", "prometheus"), Data, $"{port}"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["HCC_SCRAPE_INTERVAL"] = "1s" },
        })!;
        _prometheus.ErrorDataReceived += (_, _) => { };
        _prometheus.BeginErrorReadLine();
        Prometheus = new(port);

        await DeliverAsync(drop, "C01", SmallDemo.Patients, SmallDemo.Seed, withNamedFile: true);
        await UntilReportAsync();
        await DeliverAsync(drop, "C02", LaterPatients, SmallDemo.Seed + 1);
        await EventuallyAsync(ExtractedAsync, n => n == Studies, n => $"{n} of {Studies} studies extracted", ReportLimit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_prometheus is { } prometheus)
        {
            Prometheus.Dispose();
            prometheus.Kill(entireProcessTree: true);
            await prometheus.WaitForExitAsync();
            prometheus.Dispose();
        }
        if (_cluster is { } cluster)
        {
            await cluster.TerminateAsync();
            await cluster.WaitAsync();
            await cluster.DisposeAsync();
        }
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Bricks that are done, as <c>hcc status</c> counts them in the database.</summary>
    internal async Task<int> BricksDoneAsync() =>
        (await StatusAsync()).GetProperty("extraction").GetProperty("bricks").EnumerateArray().Sum(kind => kind.GetProperty("done").GetInt32());

    private async Task<int> ExtractedAsync() => (await StatusAsync()).GetProperty("studiesExtracted").GetInt32();

    private async Task<JsonElement> StatusAsync()
    {
        (int code, string output) = await HccProcess.RunAsync(null, "status", "--json", "--data", Data);
        Assert.True(code == 0, output);
        using JsonDocument status = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        return status.RootElement.Clone();
    }

    private async Task DeliverAsync(string drop, string center, int patients, int seed, bool withNamedFile = false)
    {
        string dicom = _folder[center];
        (int code, string output) = await HccProcess.RunAsync(null,
            "synth", "--out", dicom, "--patients", $"{patients}", "--centers", "1", "--matrix", "64x64x16", "--seed", $"{seed}");
        Assert.True(code == 0, output);
        string table = Path.Combine(dicom, "clinical.csv");   // says which centre, as the folder does
        await File.WriteAllTextAsync(table, (await File.ReadAllTextAsync(table)).Replace(",C01,", $",{center},", StringComparison.Ordinal));
        if (withNamedFile)
            await File.WriteAllTextAsync(Path.Combine(dicom, NamedFile), "not DICOM");
        Directory.Move(dicom, Path.Combine(Directory.CreateDirectory(Path.Combine(drop, center)).FullName, "delivery"));
    }

    /// <summary>Waits for something that other processes will do.</summary>
    internal static async Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> good, Func<T, string> problem, TimeSpan? limit = null)
    {
        long deadline = Environment.TickCount64 + (long)(limit ?? Limit).TotalMilliseconds;
        while (true)
        {
            T seen = await look();
            if (good(seen))
                return seen;
            Assert.True(Environment.TickCount64 < deadline, problem(seen));
            await Task.Delay(200);
        }
    }

    private async Task UntilReportAsync() => await EventuallyAsync(
        () => Task.FromResult(Directory.Exists(Path.Combine(Data, "reports")) ? Directory.GetFiles(Path.Combine(Data, "reports"), "*.html") : []),
        reports => reports.Length > 0,
        _ => $"No report came: {_cluster!.Output}\n{string.Join('\n', WorkerLogs.Select(l => $"{l.Key}: {l.Value[^Math.Min(2000, l.Value.Length)..]}"))}",
        ReportLimit);

    private static string ReadShared(string path)
    {
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
