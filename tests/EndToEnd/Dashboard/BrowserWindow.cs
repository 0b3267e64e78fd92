using Microsoft.Playwright;
using Xunit;

namespace HccPipeline.EndToEnd.Dashboard;

/// <summary>A browser window, and everything that it complained of.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    /// <summary>Longest that a page may take to show something that needs work in the background, ms.</summary>
    private const float Patience = 120_000;

    private readonly IBrowserContext _context;
    private readonly int _width;
    private readonly List<string> _complaints = [];

    public BrowserWindow(IBrowserContext context, IPage page, int width)
    {
        (_context, Page, _width) = (context, page, width);
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What scripts or the content policy complained of.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Signs in as a person does.</summary>
    public async Task SignInAsync(string token)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Access token").FillAsync(token);
        await Page.GetByLabel("Access token").PressAsync("Enter");
        await SeeAsync("Overview");
    }

    /// <summary>Opens a page and waits until it is interactive.</summary>
    public async Task GoAsync(string path, string heading)
    {
        await Page.GotoAsync(path);
        await SeeAsync(heading);
        // The first picture comes without a connection: what is pressed then is lost.
        await Page.WaitForFunctionAsync("() => document.querySelector('main[aria-busy=false]') && !document.querySelector('.mud-progress-linear')");
    }

    /// <summary>Waits for a heading.</summary>
    public Task SeeAsync(string heading) => Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true, Level = 1 }).WaitForAsync();

    /// <summary>Waits for words somewhere in the page's content.</summary>
    public Task SeeTextAsync(string words) => Page.Locator("main").GetByText(words).First.WaitForAsync();

    /// <summary>Chooses from a list until the address says so: a choice made while the connection to a busy server is taken up again is lost, as it is for a
    /// person, who chooses again.</summary>
    public async Task SelectAsync(string label, string value, string inAddress)
    {
        for (int attempt = 0; !Page.Url.Contains(inAddress, StringComparison.Ordinal); attempt++)
        {
            Assert.True(attempt < 4, $"Choosing {value} did not lead to {inAddress}: {string.Join(' ', _complaints)}");
            await Page.GetByLabel(label).SelectOptionAsync(value);
            try
            {
                await Page.WaitForURLAsync(url => url.Contains(inAddress, StringComparison.Ordinal), new() { Timeout = 30_000, WaitUntil = WaitUntilState.Commit });
            }
            catch (TimeoutException)
            {
                // Once more.
            }
        }
    }

    /// <summary>Types a reason into the dialog and presses its button.</summary>
    public async Task GiveReasonAsync(string reason, string button)
    {
        ILocator dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    /// <summary>Fails when the page is wider than the window, a cell of a list lies outside it, or a control has no name.</summary>
    public async Task CheckAsync(string page)
    {
        Assert.True(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= _width, $"{page} is wider than {_width} pixels.");
        string[] outside = await Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.listing:not(.wide) td')].filter(e => e.getClientRects().length > 0 && e.getBoundingClientRect().right > window.innerWidth)
                .map(e => e.textContent.trim().slice(0, 80))
            """);
        Assert.Empty(outside);
        string[] nameless = await Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, img')]
                .filter(e => e.getClientRects().length > 0)
                .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('alt') || e.textContent.trim() || e.labels?.length || e.getAttribute('aria-labelledby') || e.title))
                .map(e => e.outerHTML.slice(0, 200))
            """);
        Assert.Empty(nameless);
        if (Environment.GetEnvironmentVariable("HCC_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{_width}-{page.Trim('/').Replace('/', '_')}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
