using HccPipeline.EndToEnd.Cluster;
using HccPipeline.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace HccPipeline.EndToEnd.Dashboard;

/// <summary>A registry with a champion and a version that wants to be, served by its own process, and a browser in front of it.</summary>
public sealed class ServedRegistry : IAsyncLifetime
{
    private static readonly string[] ChromiumArguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // Thirty patients hold against no policy that means anything; what a policy asks is another test's matter.
    private const string LenientPolicy = """
        schema: 1
        model: combined
        may_change: { coefficients: true, predictors: true, candidates: true, profile: true, program: true }
        must_hold:
          patients: 4
          events: 2
          confidence: 0.95
          auc_margin: 0.99
          calibration_slope: [-100, 100]
          calibration_in_the_large: 100
          net_benefit_thresholds: [0.4]
          net_benefit_margin: 1
          reclassification_threshold: 0.4
          net_reclassification: -2
          integrated_discrimination: -1
        approvals: 1
        approvers: []
        on_failure: override
        """;

    private readonly TemporaryFolder _folder = new();
    private HccProcess? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    public string Token { get; private set; } = "";

    /// <summary>Folder of the registry.</summary>
    public string Data => _folder["demo/data"];

    /// <summary>The folder that the server watches.</summary>
    public string DropFolder => _folder["drop"];

    /// <summary>A registry that has not come in: eight patients.</summary>
    public string NewPatients => _folder["new"];

    public async ValueTask InitializeAsync()
    {
        string policy = _folder["promotion.yaml"];
        await File.WriteAllTextAsync(policy, LenientPolicy);
        await RunAsync(SmallDemo.Arguments(_folder["demo"]));
        await RunAsync("train", "--data", Data, "--seed", "9", "--override", "a challenger for the browser");
        await RunAsync("synth", "--out", NewPatients, "--patients", "8", "--centers", "1", "--matrix", "64x64x16", "--seed", "11");
        (int code, string token) = await HccProcess.RunAsync(null, "token", "create", "--data", Data, "--name", "Ada", "--role", "admin");
        Assert.True(code == 0, token);
        Token = token.Split('\n').Single(line => line.StartsWith("hcc_", StringComparison.Ordinal)).Trim();
        Directory.CreateDirectory(DropFolder);
        Address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        _server = HccProcess.Start(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HCC__Ingest__DropFolder"] = DropFolder, ["HCC__Ingest__DropFolderPollSeconds"] = "1", ["HCC__ModelWorker__Schedule"] = "0 3 1 * *", ["HCC__ModelWorker__PromotionPolicy"] = policy },
            "serve", "--data", Data, "--urls", Address);
        await _server.PrintedAsync("Application started");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Headless = true, Args = ChromiumArguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A window of its own, with no cookie.</summary>
    public async Task<BrowserWindow> OpenAsync(int width = 1280)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new() { BaseURL = Address, ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 1000 } });
        return new BrowserWindow(context, await context.NewPageAsync(), width);
    }

    /// <summary>Services over the registry's database, beside the server.</summary>
    public ServiceProvider Stores() => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "Sqlite", ["Database:ConnectionString"] = $"Data Source={Path.Combine(Data, "registry.db")}", ["Blobs:Root"] = Path.Combine(Data, "blobs"),
        }).Build())
        .AddSingleton(TimeProvider.System).AddLogging().AddPersistence().BuildServiceProvider();

    private static async Task RunAsync(params string[] arguments)
    {
        (int code, string output) = await HccProcess.RunAsync(null, arguments);
        Assert.True(code == 0, output);
    }
}
