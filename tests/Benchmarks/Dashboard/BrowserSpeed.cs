using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace HccPipeline.Benchmarks.Dashboard;

/// <summary>How long a person waits for each page in a browser: from the navigation to its heading and data, and until it can be used.</summary>
internal static class BrowserSpeed
{
    private const int Rounds = 5;
    private const double LimitMs = 1000;
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <returns>Whether the median of every page keeps the limit.</returns>
    public static async Task<bool> MeasureAsync(string address, string token, IEnumerable<string> pages)
    {
        if (!File.Exists(Chromium))
        {
            Console.WriteLine($"There is no {Chromium}: the time in the browser was not measured.");
            return false;
        }
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Headless = true, Args = Arguments });
        IPage page = await browser.NewPageAsync(new() { BaseURL = address, ViewportSize = new() { Width = 1280, Height = 1000 } });
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Access token").FillAsync(token);
        await page.GetByLabel("Access token").PressAsync("Enter");
        await page.Locator("main h1").WaitForAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"page in the browser",-90}{"first",10}{"median",10}{"worst",10}{"usable",12}  ms"));
        bool holds = true;
        foreach (string path in pages)
        {
            List<double> shown = [], usable = [];
            for (int i = 0; i < Rounds; i++)
            {
                long start = Stopwatch.GetTimestamp();
                await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
                await page.WaitForFunctionAsync("() => document.querySelector('main h1') && !document.querySelector('main .mud-progress-linear')");
                shown.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                await page.WaitForFunctionAsync("() => document.querySelector('main[aria-busy=false]')");
                usable.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            double first = shown[0];
            shown.Sort();
            usable.Sort();
            bool isKept = shown[Rounds / 2] < LimitMs;
            holds &= isKept;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path,-90}{first,10:F0}{shown[Rounds / 2],10:F0}{shown[^1],10:F0}{usable[Rounds / 2],12:F0}{(isKept ? "" : "  over the limit")}"));
        }
        return holds;
    }
}
