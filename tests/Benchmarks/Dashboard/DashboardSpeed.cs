using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using HccPipeline.Persistence;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Database;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Benchmarks.Dashboard;

/// <summary>How long the server takes for each page over 20,000 studies and 200 versions: the program in its own process, asked over HTTP, and how long a
/// person waits for it in a browser. The processor time of the server stands beside, which other work on the machine does not change.</summary>
internal static class DashboardSpeed
{
    private const int Versions = 200, Rounds = 20;
    private const double LimitMs = 300;

    private static readonly string[] Paths =
    [
        "/", "/studies", "/studies?page=700", "/studies?stage=extracted&page=500", "/studies?stage=held", "/studies?search=00000000000000000012345", "/studies/2.25.000000000000000000000000000000000012345",
        "/quarantine", "/cohort", "/cohort?waiting=ready&page=200", "/patients/P-0000000000000000", "/models", "/models/150", "/drift", "/reports", "/workers", "/schedules", "/audit",
        "/api/status", "/api/studies?size=200", "/api/cohort?size=200", "/api/models?size=200",
    ];

    /// <returns>0 when every page keeps the limit, else 1.</returns>
    public static async Task<int> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("hcc-dashboard-").FullName;
        try
        {
            string token = await FillAsync(folder);
            string address = $"http://127.0.0.1:{FreePort()}";
            using Process server = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hcc.dll"), "serve", "--role", "reporting", "--data", folder, "--urls", address])
            {
                RedirectStandardOutput = true, UseShellExecute = false,
            })!;
            try
            {
                await StartedAsync(server);
                bool holds = await MeasureAsync(address, token, server);
                holds &= await BrowserSpeed.MeasureAsync(address, token, Paths.Where(p => !p.StartsWith("/api", StringComparison.Ordinal)));
                return holds ? 0 : 1;
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> FillAsync(string folder)
    {
        string path = Path.Combine(folder, "registry.db");
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Database:ConnectionString"] = $"Data Source={path}", ["Blobs:Root"] = Path.Combine(folder, "blobs"),
            }).Build())
            .AddSingleton(TimeProvider.System).AddLogging().AddPersistence().BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        ManyStudies.Fill(path, now);
        await ManyVersions.FillAsync(path, services.GetRequiredService<IBlobStore>(), Versions, now);
        return (await services.GetRequiredService<AccessTokenRepository>().CreateAsync("Ada", AccessRole.Admin, null, TimeSpan.FromDays(1), "benchmark", CancellationToken.None)).Secret;
    }

    private static async Task StartedAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                _ = server.StandardOutput.ReadToEndAsync();
                return;
            }
        }
        throw new InvalidOperationException("The server did not start.");
    }

    private static async Task<bool> MeasureAsync(string address, string token, Process server)
    {
        using HttpClient client = new() { BaseAddress = new(address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await client.GetAsync(new Uri("/reports", UriKind.Relative))).EnsureSuccessStatusCode();   // the program itself is warm; its data are not
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"page",-90}{"first",10}{"median",10}{"worst",10}{"processor",12}  ms"));
        bool holds = true;
        foreach (string path in Paths)
        {
            List<double> times = [];
            server.Refresh();
            TimeSpan processor = server.TotalProcessorTime;
            for (int i = 0; i <= Rounds; i++)
            {
                long start = Stopwatch.GetTimestamp();
                using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            server.Refresh();
            double each = (server.TotalProcessorTime - processor).TotalMilliseconds / times.Count;
            double[] later = [.. times.Skip(1).Order()];
            holds &= later[^1] < LimitMs && times[0] < LimitMs;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path,-90}{times[0],10:F1}{later[later.Length / 2],10:F1}{later[^1],10:F1}{each,12:F1}{(times[0] < LimitMs && later[^1] < LimitMs ? "" : "  over the limit")}"));
        }
        return holds;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
